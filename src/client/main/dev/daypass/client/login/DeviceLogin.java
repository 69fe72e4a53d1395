package dev.daypass.client.login;

import dev.daypass.client.BrokerRefused;
import dev.daypass.client.BrokerUnreachable;
import dev.daypass.client.SignIn;
import dev.daypass.client.login.LoginFailed.Reason;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/// A sign-in by a browser anywhere, into which a person types a code (RFC 8628).
public final class DeviceLogin {
  /// How much longer to wait when told to slow down (RFC 8628 §3.5).
  private static final Duration SLOWER = Duration.ofSeconds(5);

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final TokenService tokens;
  private final TokenService.Tool tool;
  private final TokenService.Device device;
  private final Instant end;

  private DeviceLogin(TokenService tokens, TokenService.Tool tool, TokenService.Device device) {
    this.tokens = tokens;
    this.tool = tool;
    this.device = device;
    this.end = tokens.clock().instant().plus(device.lasts());
  }

  /// How to wait before asking again.
  public interface Pause {
    void of(Duration time) throws InterruptedException;
  }

  /// Asks for a code.
  public static DeviceLogin begin(TokenService tokens) {
    TokenService.Tool tool = tokens.register(TokenService.DEVICE_CODE);
    return new DeviceLogin(tokens, tool, tokens.begin(tool));
  }

  /// What the person types.
  public String code() {
    return device.userCode();
  }

  /// Where.
  public URI page() {
    return device.page();
  }

  /// The same with the code in it, to be scanned: the page shows the code, to be compared.
  public URI link() {
    return device.link();
  }

  /// How long a person has.
  public Duration lasts() {
    return device.lasts();
  }

  /// The sign-in; [LoginFailed] where the person would not, or did not answer in time. It goes on
  /// asking while the broker cannot be reached.
  public SignIn finish(Pause pause) throws InterruptedException {
    Duration interval = device.interval();
    while (tokens.clock().instant().plus(interval).isBefore(end)) {
      pause.of(interval);
      try {
        return tokens.byDeviceCode(tool, device.code());
      } catch (BrokerRefused refused) {
        interval = next(interval, refused);
      } catch (BrokerUnreachable _) {
        Duration longer = interval.multipliedBy(2);
        interval = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
      }
    }
    throw tooLate();
  }

  private static Duration next(Duration interval, BrokerRefused refused) {
    return switch (refused.code()) {
      case "authorization_pending" -> interval;
      case "slow_down" -> interval.plus(SLOWER);
      case "access_denied" -> throw LoginFailed.refused();
      case "expired_token" -> throw tooLate();
      default -> throw refused;
    };
  }

  private static LoginFailed tooLate() {
    return new LoginFailed(
        Reason.TOO_LATE, "The code has expired before it was typed. Run: daypass login");
  }
}
