package dev.daypass.broker.simulation;

import static dev.daypass.wire.ErrorCode.INVALID_INPUT;
import static dev.daypass.wire.ErrorCode.NO_SUCH_ENTITY;

import dev.daypass.broker.access.Authorizer;
import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.policy.Access;
import dev.daypass.policy.Context;
import dev.daypass.policy.Decision;
import dev.daypass.policy.Policies;
import dev.daypass.policy.Principal;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.Arn;
import dev.daypass.wire.daypass.EvaluateAccess;
import dev.daypass.wire.daypass.EvaluateAccess.Answer;
import dev.daypass.wire.daypass.EvaluateAccess.Question;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Decides for others: for a service that knows who somebody is and asks what they may do. About
/// oneself everybody may ask; about others only who may do so about them.
@Singleton
public final class EvaluationActions {
  private static final String ACTION = "daypass:EvaluateAccess";

  /// What the broker knows by itself, and nobody can claim for somebody else.
  private static final List<String> OURS =
      List.of("aws:principal", "aws:userid", "aws:username", "aws:federatedprovider");

  /// And what it knows of whoever asks about themselves.
  private static final List<String> OURS_OF_ONESELF =
      Stream.concat(
              OURS.stream(),
              Stream.of(
                  "aws:multifactorauth",
                  "aws:tokenissuetime",
                  "aws:sourceidentity",
                  "aws:assumedroot"))
          .toList();

  private final Sources sources;
  private final Authorizer authorizer;

  EvaluationActions(Sources sources, Authorizer authorizer) {
    this.sources = sources;
    this.authorizer = authorizer;
  }

  /// Every subject must be one that may be asked about, before anything is said of any.
  public Uni<EvaluateAccess.Result> evaluate(Caller caller, EvaluateAccess request) {
    if (request.questions().isEmpty()) {
      throw INVALID_INPUT.error("Questions must not be empty.");
    }
    request.questions().forEach(question -> refuseClaims(caller, question));
    return authorizer
        .policiesOf(caller)
        .invoke(own -> request.questions().forEach(question -> permit(own, caller, question)))
        .chain(own -> answers(own, caller, request.questions()))
        .map(EvaluateAccess.Result::new);
  }

  private static void permit(Policies own, Caller caller, Question question) {
    String subject = question.subject().value();
    if (!isSelf(caller, question)) {
      Authorizer.require(own, caller, ACTION, Target.of(subject, account(subject, caller)));
    }
  }

  private static String account(String subject, Caller caller) {
    return subject.startsWith("arn:") ? Arn.parse(subject).account() : caller.account();
  }

  private static boolean isSelf(Caller caller, Question question) {
    return caller.arn().equals(question.subject().value());
  }

  private static void refuseClaims(Caller caller, Question question) {
    List<String> known = isSelf(caller, question) ? OURS_OF_ONESELF : OURS;
    question
        .contextEntries()
        .forEach(
            entry ->
                entry
                    .contextKeyName()
                    .map(name -> name.toLowerCase(Locale.ROOT))
                    .filter(name -> known.stream().anyMatch(name::startsWith))
                    .ifPresent(
                        name -> {
                          throw INVALID_INPUT.error("%s cannot be claimed.".formatted(name));
                        }));
  }

  private Uni<List<Answer>> answers(Policies own, Caller caller, List<Question> questions) {
    Uni<List<Answer>> answers = Uni.createFrom().item(new ArrayList<>());
    for (Question question : questions) {
      answers =
          answers.chain(
              sofar ->
                  answer(own, caller, question)
                      .map(
                          answer -> {
                            sofar.add(answer);
                            return sofar;
                          }));
    }
    return answers;
  }

  /// Whoever is not there may nothing.
  private Uni<Answer> answer(Policies own, Caller caller, Question question) {
    Context claimed = Simulation.context(question.contextEntries());
    if (isSelf(caller, question)) {
      Context context = claimed.with(caller.context());
      return Uni.createFrom().item(decided(own, access(caller.principal(), question, context)));
    }
    Context context = always(caller).with(claimed).with(ofAccount(caller));
    return sources
        .get(caller, question.subject().value())
        .map(source -> decided(source, question, context))
        .onFailure(EvaluationActions::isGone)
        .recoverWithItem(failure -> new Answer(false, String.valueOf(failure.getMessage())));
  }

  private static boolean isGone(Throwable failure) {
    return failure instanceof ApiError refusal && refusal.code() == NO_SUCH_ENTITY;
  }

  private static Answer decided(Source source, Question question, Context context) {
    return source
        .principal()
        .map(principal -> decided(source.policies(), access(principal, question, context)))
        .orElseThrow(() -> INVALID_INPUT.error("A group does nothing by itself."));
  }

  private static Access access(Principal principal, Question question, Context context) {
    String resource = question.resource().value();
    Optional<String> owner =
        Optional.of(resource)
            .filter(is -> is.startsWith("arn:"))
            .map(is -> Arn.parse(is).account())
            .filter(account -> !account.isEmpty())
            .or(principal::account);
    return new Access(principal, question.action().value(), resource, owner, context);
  }

  private static Answer decided(Policies policies, Access access) {
    Decision decision = policies.decide(access);
    return new Answer(
        decision.allowed(), decision.allowed() ? "allowed" : decision.message(access));
  }

  /// What is so for every request that is made now.
  private static Context always(Caller caller) {
    return Context.builder()
        .put("aws:CurrentTime", caller.origin().time().toString())
        .put("aws:EpochTime", Long.toString(caller.origin().time().getEpochSecond()))
        .build();
  }

  private static Context ofAccount(Caller caller) {
    return caller.membership().map(is -> is.context("Principal")).orElse(Context.EMPTY);
  }
}
