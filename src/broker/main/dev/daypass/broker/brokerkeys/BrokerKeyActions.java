package dev.daypass.broker.brokerkeys;

import dev.daypass.broker.access.Caller;
import dev.daypass.broker.access.Target;
import dev.daypass.broker.accounts.PostgresAccounts;
import dev.daypass.broker.revocations.Revocation;
import dev.daypass.broker.revocations.Revocations;
import dev.daypass.broker.sealing.SealedSecrets;
import dev.daypass.broker.sealing.Sealer;
import dev.daypass.broker.signing.BrokerKey;
import dev.daypass.broker.signing.KeyPurpose;
import dev.daypass.broker.signing.KnownKey;
import dev.daypass.broker.signing.SigningKeys;
import dev.daypass.wire.daypass.KeyMessages.Key;
import dev.daypass.wire.daypass.KeyMessages.ListKeys;
import dev.daypass.wire.daypass.KeyMessages.RetireKey;
import dev.daypass.wire.daypass.KeyMessages.RewrapSecrets;
import dev.daypass.wire.daypass.KeyMessages.RotateKey;
import dev.daypass.wire.daypass.KeyMessages.SealingKey;
import dev.daypass.wire.daypass.KeyUse;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Looks after the keys of the installation. They belong to the account that was there first: its
/// administrators may, and those of any other may not.
@Singleton
public final class BrokerKeyActions {
  private static final String UNKNOWN = "?";

  private final SigningKeys keys;
  private final SealedSecrets secrets;
  private final Sealer sealer;
  private final Revocations revocations;
  private final PostgresAccounts accounts;

  BrokerKeyActions(
      SigningKeys keys,
      SealedSecrets secrets,
      Sealer sealer,
      Revocations revocations,
      PostgresAccounts accounts) {
    this.keys = keys;
    this.secrets = secrets;
    this.sealer = sealer;
    this.revocations = revocations;
    this.accounts = accounts;
  }

  /// All of the keys.
  public Uni<Target> all() {
    return target("key/*");
  }

  /// `key/SessionToken/*`; all of the keys, where no purpose is named.
  public Uni<Target> rotated(RotateKey request) {
    return request.purpose().map(purpose -> target("key/" + purpose + "/*")).orElseGet(this::all);
  }

  /// `key/SessionToken/<id>`.
  public Uni<Target> retired(RetireKey request) {
    return find(request)
        .chain(
            found ->
                found
                    .map(key -> target("key/" + use(key.purpose()) + "/" + key.id()))
                    .orElseGet(this::all));
  }

  /// The secrets that are sealed.
  public Uni<Target> sealed() {
    return target("sealed-secrets");
  }

  private Uni<Target> target(String resource) {
    return accounts
        .first()
        .map(first -> Target.of("arn:aws:daypass::%s:%s".formatted(first, resource), first));
  }

  private Uni<Optional<KnownKey>> find(RetireKey request) {
    return keys.known()
        .map(
            all ->
                all.stream().filter(key -> key.id().equals(request.keyId().value())).findFirst());
  }

  public Uni<ListKeys.Result> list(Caller caller, ListKeys request) {
    return shown()
        .chain(
            shown ->
                secrets.count().map(counts -> new ListKeys.Result(shown, sealingKeys(counts))));
  }

  private List<SealingKey> sealingKeys(Map<String, Integer> counts) {
    return sealer.ids().stream()
        .map(id -> new SealingKey(id, id.equals(sealer.primary()), counts.getOrDefault(id, 0)))
        .toList();
  }

  public Uni<RotateKey.Result> rotate(Caller caller, RotateKey request) {
    Set<KeyPurpose> purposes =
        request
            .purpose()
            .map(purpose -> (Set<KeyPurpose>) EnumSet.of(KeyPurpose.valueOf(purpose.name())))
            .orElseGet(() -> EnumSet.allOf(KeyPurpose.class));
    return keys.rotate(purposes, request.force().orElse(false))
        .chain(this::shown)
        .map(RotateKey.Result::new);
  }

  /// What the key vouched for ends first: were this stopped in between, it could be done again.
  public Uni<RetireKey.Result> retire(Caller caller, RetireKey request) {
    String id = request.keyId().value();
    return find(request)
        .map(found -> found.map(KnownKey::id).map(BrokerKey::mark))
        .chain(
            mark ->
                mark.map(
                        is -> revocations.end(Revocation.ofKeyWithMark(is, caller.origin().time())))
                    .orElseGet(() -> Uni.createFrom().voidItem()))
        .chain(() -> keys.retire(id))
        .chain(this::shown)
        .map(RetireKey.Result::new);
  }

  public Uni<RewrapSecrets.Result> rewrap(Caller caller, RewrapSecrets request) {
    return secrets.rewrapSome().chain(step -> secrets.count().map(counts -> result(step, counts)));
  }

  private RewrapSecrets.Result result(SealedSecrets.Step step, Map<String, Integer> counts) {
    int unknown = counts.getOrDefault(UNKNOWN, 0);
    int primary = counts.getOrDefault(sealer.primary(), 0);
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    return new RewrapSecrets.Result(step.rewrapped(), all - primary - unknown, unknown);
  }

  private Uni<List<Key>> shown() {
    return keys.known().map(all -> all.stream().map(BrokerKeyActions::shown).toList());
  }

  private static Key shown(KnownKey key) {
    return new Key(
        key.id(),
        use(key.purpose()).toString(),
        key.state().name(),
        key.createdAt(),
        key.activatedAt(),
        key.demotedAt(),
        key.retiredAt());
  }

  private static KeyUse use(KeyPurpose purpose) {
    return KeyUse.valueOf(purpose.name());
  }
}
