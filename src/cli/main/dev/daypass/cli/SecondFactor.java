package dev.daypass.cli;

import java.util.Locale;
import java.util.stream.Stream;

/// What a sign-in can be proven with beside the password.
enum SecondFactor {
  /// A passkey, which takes a browser.
  WEBAUTHN,
  /// A code of a device.
  TOTP,
  /// A recovery code, where the device is lost.
  RECOVERY;

  /// As `--mfa` has it; [Stop] for what is none.
  static SecondFactor of(String key) {
    return Stream.of(values())
        .filter(factor -> factor.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new Stop(
                    ExitCode.USAGE,
                    "`%s` is no second factor. There are webauthn, totp and recovery."
                        .formatted(key)));
  }

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// [Stop] where a sign-in of this kind cannot ask for it.
  void check(LoginFlow flow) {
    if (this == WEBAUTHN && flow.typed()) {
      throw new Stop(ExitCode.USAGE, "A passkey takes a browser: leave out --" + flow.key() + ".");
    }
    if (this != WEBAUTHN && !flow.typed()) {
      throw new Stop(
          ExitCode.USAGE,
          "In a browser you choose on its page: --mfa %s is for --tty, --gui and --stdin."
              .formatted(key()));
    }
  }
}
