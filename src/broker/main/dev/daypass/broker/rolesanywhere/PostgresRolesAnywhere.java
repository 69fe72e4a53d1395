package dev.daypass.broker.rolesanywhere;

import dev.daypass.broker.changes.Changes;
import dev.daypass.broker.changes.Kept;
import dev.daypass.broker.database.Database;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;

/// The trust anchors, profiles and revocation lists of every account; and, from memory where they
/// are there, as certificates are checked against them.
@Singleton
final class PostgresRolesAnywhere {
  private static final long MOST_KEPT = 1_000;

  private final Rows<TrustAnchorRow, TrustAnchor> anchors;
  private final Rows<ProfileRow, Profile> profiles;
  private final Rows<CrlRow, Crl> crls;
  private final Kept<Authority> authorities;
  private final Kept<Profile> keptProfiles;

  PostgresRolesAnywhere(Database database, Changes changes) {
    anchors =
        new Rows<>(
            database, TrustAnchorRow.class, TrustAnchorRow::toTrustAnchor, TrustAnchorRow::of);
    profiles = new Rows<>(database, ProfileRow.class, ProfileRow::toProfile, ProfileRow::of);
    crls = new Rows<>(database, CrlRow.class, CrlRow::toCrl, CrlRow::of);
    authorities = new Kept<>(changes, "trust-anchor:", MOST_KEPT, this::readAuthority);
    keptProfiles = new Kept<>(changes, "roles-anywhere-profile:", MOST_KEPT, profiles::find);
  }

  Rows<TrustAnchorRow, TrustAnchor> anchors() {
    return anchors;
  }

  Rows<ProfileRow, Profile> profiles() {
    return profiles;
  }

  Rows<CrlRow, Crl> crls() {
    return crls;
  }

  /// The trust anchor of this id with the lists of what it has revoked.
  Uni<Optional<Authority>> authority(String id) {
    return authorities.find(id);
  }

  /// The profile of this id.
  Uni<Optional<Profile>> profile(String id) {
    return keptProfiles.find(id);
  }

  private Uni<Optional<Authority>> readAuthority(String id) {
    return anchors
        .find(id)
        .chain(
            found ->
                crls.all("trustAnchorId", id)
                    .map(lists -> found.map(anchor -> Authority.of(anchor, lists))));
  }

  /// The account's resource of this id.
  Uni<Optional<Resource>> find(Resource.Kind kind, String account, String id) {
    return switch (kind) {
      case TRUST_ANCHOR -> anchors.find(account, id).map(found -> found.map(TrustAnchor::resource));
      case PROFILE -> profiles.find(account, id).map(found -> found.map(Profile::resource));
      case CRL -> crls.find(account, id).map(found -> found.map(Crl::resource));
      case SUBJECT -> Uni.createFrom().item(Optional.empty());
    };
  }
}
