package dev.daypass.broker.lastaccessed;

import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.tags.PostgresTags;
import dev.daypass.policy.Policy;
import dev.daypass.wire.iam.AccessGranularity;
import dev.daypass.wire.iam.EntityArn;
import dev.daypass.wire.iam.JobId;
import dev.daypass.wire.iam.LastAccessedMessages.EntityDetails;
import dev.daypass.wire.iam.LastAccessedMessages.GenerateServiceLastAccessedDetails;
import dev.daypass.wire.iam.LastAccessedMessages.GetServiceLastAccessedDetails;
import dev.daypass.wire.iam.LastAccessedMessages.GetServiceLastAccessedDetailsWithEntities;
import dev.daypass.wire.iam.LastAccessedMessages.ServiceLastAccessed;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reports of what users, groups, roles and policies could access, and when that was last done. A
/// report is complete when the call that asks for it answers.
///
/// @see <a
///   href="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html">Last
///   accessed information</a>
@Singleton
public final class LastAccessedActions {
  private static final Duration TRACKED = Duration.ofDays(400);
  private static final String COMPLETED = "COMPLETED";

  private final Subjects subjects;
  private final Holdings holdings;
  private final Accesses accesses;
  private final PostgresReports reports;
  private final PostgresTags tags;

  /// The list of what is answered holds this class's own actions, too: it is there only later.
  private final Provider<RecordedServices> recorded;

  LastAccessedActions(
      Subjects subjects,
      Holdings holdings,
      Accesses accesses,
      PostgresReports reports,
      PostgresTags tags,
      Provider<RecordedServices> recorded) {
    this.subjects = subjects;
    this.holdings = holdings;
    this.accesses = accesses;
    this.reports = reports;
    this.tags = tags;
    this.recorded = recorded;
  }

  /// Whom a question is about.
  public Uni<Target> target(Caller caller, EntityArn arn) {
    return subjects
        .find(caller, arn.value())
        .chain(
            found ->
                found
                    .map(subject -> tags.of(subject.id()))
                    .orElseGet(() -> Uni.createFrom().item(Map.of())))
        .map(own -> Target.tagged(arn.value(), caller.account(), own));
  }

  /// Reports know no resource.
  public Uni<Target> report(Caller caller) {
    return Uni.createFrom().item(Target.of("*", caller.account()));
  }

  public Uni<GenerateServiceLastAccessedDetails.Result> generate(
      Caller caller, GenerateServiceLastAccessedDetails request) {
    AccessGranularity granularity = request.granularity().orElse(AccessGranularity.SERVICE_LEVEL);
    return subjects
        .get(caller, request.arn().value())
        .chain(subject -> about(caller, subject))
        .chain(about -> write(caller, about, granularity))
        .chain(report -> reports.add(caller, granularity, report))
        .map(GenerateServiceLastAccessedDetails.Result::new);
  }

  private record About(List<Policy> policies, List<Subject> entities) {
    List<String> ids() {
      return entities.stream().map(Subject::id).toList();
    }
  }

  private Uni<About> about(Caller caller, Subject subject) {
    return holdings
        .of(subject)
        .map(all -> all.stream().map(Held::policy).toList())
        .chain(
            policies ->
                subjects
                    .behind(subject, caller.account())
                    .map(entities -> new About(policies, entities)));
  }

  private Uni<Report> write(Caller caller, About about, AccessGranularity granularity) {
    Instant since = caller.origin().time().minus(TRACKED);
    return accesses
        .byPrincipal(about.ids(), since)
        .chain(
            byPrincipal ->
                byAction(about, since, granularity)
                    .map(
                        byAction ->
                            new ReportWriter(
                                    about.policies(),
                                    about.entities(),
                                    byPrincipal,
                                    byAction,
                                    recorded.get())
                                .write()));
  }

  private Uni<Optional<List<Accesses.Access>>> byAction(
      About about, Instant since, AccessGranularity granularity) {
    return granularity == AccessGranularity.ACTION_LEVEL
        ? accesses.byAction(about.ids(), since).map(Optional::of)
        : Uni.createFrom().item(Optional.empty());
  }

  private Uni<PostgresReports.Stored> get(Caller caller, JobId id) {
    return reports
        .find(caller, id.value())
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        NO_SUCH_ENTITY.error("The job with id %s cannot be found.".formatted(id))));
  }

  public Uni<GetServiceLastAccessedDetails.Result> get(
      Caller caller, GetServiceLastAccessedDetails request) {
    Page.Wanted wanted = Page.Wanted.of(request.marker(), request.maxItems());
    return get(caller, request.jobId()).map(stored -> services(stored, wanted));
  }

  private static GetServiceLastAccessedDetails.Result services(
      PostgresReports.Stored stored, Page.Wanted wanted) {
    boolean withActions = stored.granularity() == AccessGranularity.ACTION_LEVEL;
    Page<ServiceLastAccessed> page =
        Page.cut(stored.report().services(), wanted, Report.Line::name)
            .map(line -> line.onWire(withActions));
    return new GetServiceLastAccessedDetails.Result(
        COMPLETED,
        stored.granularity(),
        stored.createdAt(),
        page.items(),
        stored.createdAt(),
        page.isTruncated(),
        page.marker());
  }

  /// Those who called the service most recently come first. A service that is not in the report
  /// could not be accessed by anybody.
  public Uni<GetServiceLastAccessedDetailsWithEntities.Result> getWithEntities(
      Caller caller, GetServiceLastAccessedDetailsWithEntities request) {
    Page.Wanted wanted = Page.Wanted.of(request.marker(), request.maxItems());
    String service = request.serviceNamespace().value().toLowerCase(Locale.ROOT);
    return get(caller, request.jobId()).map(stored -> entities(stored, service, wanted));
  }

  private static GetServiceLastAccessedDetailsWithEntities.Result entities(
      PostgresReports.Stored stored, String service, Page.Wanted wanted) {
    Report report = stored.report();
    List<Report.Entity> entities = report.gives(service) ? report.newestFirst(service) : List.of();
    Page<EntityDetails> page = Page.slice(entities, wanted).map(entity -> entity.onWire(service));
    return new GetServiceLastAccessedDetailsWithEntities.Result(
        COMPLETED,
        stored.createdAt(),
        stored.createdAt(),
        page.items(),
        page.isTruncated(),
        page.marker());
  }
}
