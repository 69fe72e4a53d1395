package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Texts that name an AWS account, as they are to name ours.
///
/// @param source the account they come from
/// @param account the account they are taken over to
record AwsNames(Optional<String> source, String account) {
  /// A text, with ours where an ARN names the account, or a principal is the account itself.
  String ours(String text) {
    return source
        .map(
            from ->
                text.replaceAll(
                        "(?<before>arn:aws[a-z-]*:[a-z0-9-]*:[a-z0-9-]*:)" + from + "(?![0-9])",
                        "${before}" + account)
                    .replace("\"" + from + "\"", "\"" + account + "\""))
        .orElse(text);
  }

  /// A policy's text; empty where it cannot be read. The AWS CLI prints documents as trees, the
  /// wire has them percent-encoded.
  String document(@Nullable Object document) {
    try {
      return ours(
          document instanceof String text
              ? (text.startsWith("%") ? URLDecoder.decode(text, StandardCharsets.UTF_8) : text)
              : JSON.std.asString(document));
    } catch (IOException | IllegalArgumentException e) {
      return "";
    }
  }
}
