package dev.daypass.broker.api;

import dev.daypass.broker.publicurl.PublicUrl;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.stream.Collectors;

/// `GET /.well-known/aws-config`: what goes into `~/.aws/config` for AWS's tools to sign in here.
/// Only the services that Daypass speaks for are led here: the profile's others stay where they
/// are.
@Path("/.well-known/aws-config")
public final class AwsConfigEndpoint {
  private static final List<String> SERVICES =
      List.of("sts", "iam", "signin", "sso", "sso_oidc", "organizations", "rolesanywhere");

  private final PublicUrl url;

  AwsConfigEndpoint(PublicUrl url) {
    this.url = url;
  }

  /// As text, whatever a browser would rather have.
  @GET
  public Response config() {
    return Response.ok(text()).type("text/plain; charset=utf-8").build();
  }

  private String text() {
    return SERVICES.stream()
        .map(service -> "%s =\n  endpoint_url = %s\n".formatted(service, url.origin()))
        .collect(
            Collectors.joining(
                "",
                """
                [profile day]
                region = us-east-1
                services = daypass

                [services daypass]
                """,
                ""));
  }
}
