package dev.daypass.sidecar;

import dev.daypass.client.sources.AccessKey;
import dev.daypass.client.sources.BrokerConnection;
import dev.daypass.client.sources.ChainedRole;
import dev.daypass.client.sources.PresentedToken;
import dev.daypass.client.sources.RoleRequest;
import dev.daypass.client.sources.RolesAnywhere;
import dev.daypass.client.sources.SecurityTokenService;
import dev.daypass.client.sources.SignedIn;
import dev.daypass.client.sources.Source;
import dev.daypass.client.sources.WebIdentity;
import dev.daypass.sidecar.SidecarConfig.From;
import dev.daypass.sidecar.SidecarConfig.Role;
import dev.daypass.sidecar.http.PodCallers.Pod;
import dev.daypass.sidecar.http.PodRole;
import dev.daypass.sidecar.keeping.Keeper;
import java.util.Map;
import java.util.Optional;

/// Makes the sources that a configuration names.
record Sources(BrokerConnection broker, SecurityTokenService service, SignIns signIns) {
  /// @param kept the roles that stand before it
  Source of(Role role, Map<String, Keeper> kept) {
    RoleRequest request = role.request();
    return switch (role.from()) {
      case From.WebIdentity(var file) -> new WebIdentity(service, request, file);
      case From.Certificate(var certificate, var anchor, var profile) ->
          new RolesAnywhere(broker, request, certificate, anchor, profile);
      case From.Key(var id, var secret) -> new AccessKey(service, request, id, secret);
      case From.Via(var name) -> new ChainedRole(service, request, via(kept, name)::asFetched);
      case From.SignIn _ -> new SignedIn(broker.server(), signIns, request, broker.clock());
    };
  }

  private static Keeper via(Map<String, Keeper> kept, String name) {
    return Optional.ofNullable(kept.get(name)).orElseThrow();
  }

  Source of(PodRole role, Pod pod) {
    RoleRequest request =
        new RoleRequest(
            role.roleArn(), pod.sessionName(), role.duration(), Optional.empty(), Map.of());
    return new PresentedToken(service, request, pod.token());
  }
}
