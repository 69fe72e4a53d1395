package dev.daypass.broker.calls;

import dev.daypass.wire.Service;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What this broker answers, by service, and what of AWS it does not, with the reason: for people
/// and tools to read.
@Path(CapabilitiesEndpoint.PATH)
public final class CapabilitiesEndpoint {
  static final String PATH = "/.well-known/daypass-capabilities";

  private final Catalogue catalogue;

  CapabilitiesEndpoint(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Map<String, Object> capabilities() {
    Map<String, Object> services = new TreeMap<>();
    for (Service service : Service.values()) {
      List<String> actions = actionsOf(service);
      if (!actions.isEmpty()) {
        services.put(
            service.signingName(),
            Map.of(
                "version",
                service.version(),
                "actions",
                actions,
                "notAnswered",
                Unanswered.of(service)));
      }
    }
    return Map.of("services", services);
  }

  private List<String> actionsOf(Service service) {
    return catalogue.all().stream()
        .filter(action -> action.service() == service)
        .map(Action::name)
        .sorted()
        .toList();
  }
}
