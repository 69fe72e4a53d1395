package dev.daypass.sidecar.files;

import dev.daypass.client.Credentials;
import dev.daypass.client.aws.ProfileText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A profile that is kept here, marked as such: a section that somebody else wrote has no mark.
///
/// When the credentials expire is told under the name that saml2aws gave it. The SDKs ignore it, as
/// whatever they do not know; prompts such as starship's, and scripts, look for that one.
record KeptProfile(String name) {
  private static final String MARK = "daypass_managed";
  private static final String ID = "aws_access_key_id";
  private static final String SECRET = "aws_secret_access_key";
  private static final String TOKEN = "aws_session_token";
  private static final String EXPIRES = "x_security_token_expires";

  /// Whether it is somebody else's.
  boolean foreign(ProfileText text) {
    return text.has(name) && !is(text, MARK, "true");
  }

  /// With these credentials in it; as it is where they are there already.
  ///
  /// @param expires as the clock of this computer will show it
  ProfileText with(ProfileText text, Credentials credentials, Instant expires) {
    return holds(text, credentials)
        ? text
        : text.with(
            name,
            List.of(
                "# daypass serve writes this section anew, and takes it away.",
                MARK + " = true",
                ID + " = " + credentials.accessKeyId(),
                SECRET + " = " + credentials.secretAccessKey().revealText(),
                TOKEN + " = " + credentials.sessionToken().revealText(),
                EXPIRES + " = " + expires));
  }

  private boolean holds(ProfileText text, Credentials credentials) {
    return is(text, MARK, "true")
        && is(text, ID, credentials.accessKeyId())
        && is(text, SECRET, credentials.secretAccessKey().revealText())
        && is(text, TOKEN, credentials.sessionToken().revealText())
        && expires(text).isPresent();
  }

  private boolean is(ProfileText text, String key, String value) {
    return text.value(name, key).filter(value::equals).isPresent();
  }

  /// Without it, unless it is somebody else's.
  ProfileText without(ProfileText text) {
    return foreign(text) ? text : text.without(name);
  }

  /// Without it once it has expired. What does not say when has expired.
  ProfileText whileGood(ProfileText text, Instant now) {
    return expires(text).filter(now::isBefore).isPresent() ? text : without(text);
  }

  private Optional<Instant> expires(ProfileText text) {
    try {
      return text.value(name, EXPIRES).map(Instant::parse);
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
