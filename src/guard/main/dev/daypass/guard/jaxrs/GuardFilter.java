package dev.daypass.guard.jaxrs;

import dev.daypass.guard.Ask;
import dev.daypass.guard.Caller;
import dev.daypass.guard.Guard;
import dev.daypass.guard.GuardRequest;
import dev.daypass.guard.Refusal;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import dev.daypass.wire.sigv4.HttpMessage;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// A filter that lets through only requests whose sender is proven and may do what they ask. The
/// resource finds the caller with [#caller]. It waits for the broker now and then, so it runs where
/// blocking is allowed.
public final class GuardFilter implements ContainerRequestFilter {
  private static final String CALLER = Caller.class.getName();

  private final Guard guard;
  private final Function<GuardRequest, Ask> asks;
  private final Function<ContainerRequestContext, String> address;

  /// @param asks what a request asks for; refuses by an `ApiError` what it does not know
  /// @param address the client's IP address, which Jakarta REST does not tell
  public GuardFilter(
      Guard guard,
      Function<GuardRequest, Ask> asks,
      Function<ContainerRequestContext, String> address) {
    this.guard = guard;
    this.asks = asks;
    this.address = address;
  }

  /// The caller of a request that was let through.
  public static Caller caller(ContainerRequestContext context) {
    return (Caller) context.getProperty(CALLER);
  }

  @Override
  public void filter(ContainerRequestContext context) throws IOException {
    try {
      GuardRequest request = request(context);
      Caller caller = guard.authenticate(request).decide(asks.apply(request)).require();
      context.setProperty(CALLER, caller);
      context.setEntityStream(new ByteArrayInputStream(request.message().body()));
    } catch (ApiError error) {
      Refusal refusal = Refusal.of(error);
      context.abortWith(
          Response.status(refusal.status())
              .type(Refusal.TYPE)
              .header(Refusal.HEADER, refusal.code())
              .entity(refusal.body())
              .build());
    }
  }

  private GuardRequest request(ContainerRequestContext context) throws IOException {
    URI target = context.getUriInfo().getRequestUri();
    int longest = guard.settings().longestBody();
    byte[] body = context.getEntityStream().readNBytes(longest + 1);
    if (body.length > longest) {
      throw ErrorCode.REQUEST_ENTITY_TOO_LARGE.error("The body is too long.");
    }
    List<HttpMessage.Header> headers =
        context.getHeaders().entrySet().stream()
            .flatMap(
                header ->
                    header.getValue().stream()
                        .map(value -> new HttpMessage.Header(header.getKey(), value)))
            .toList();
    return new GuardRequest(
        new HttpMessage(
            context.getMethod(),
            target.getRawPath(),
            Optional.ofNullable(target.getRawQuery()).orElse(""),
            headers,
            body),
        address.apply(context),
        context.getSecurityContext().isSecure());
  }
}
