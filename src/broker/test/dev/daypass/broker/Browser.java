package dev.daypass.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// As much of a browser as forms take: it keeps cookies, fills in forms with what is hidden in
/// them, and says where they came from. It believes to be at the public URL, wherever the server
/// is.
public final class Browser {
  public static final String ORIGIN = "http://localhost:8080";
  static final String COOKIE = "__Host-daypass";
  private static final String KNOWN = "__Host-daypass-browser";
  private static final String SEEN = "__Host-daypass-seen";
  private static final String UPSTREAM = "__Host-daypass-upstream";

  private static final Pattern FORM =
      Pattern.compile(
          "<form method=\"post\" action=\"([^\"]*)\"[^>]*>(.*?)</form>", Pattern.DOTALL);
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\"(?: value=\"([^\"]*)\")?>");

  /// What came back.
  public record Page(int status, Map<String, String> headers, String body) {
    public String header(String name) {
      return headers.getOrDefault(name, "");
    }

    public String location() {
      return header("location");
    }

    /// What is hidden in the form for this action.
    public Map<String, String> form(String action) {
      Matcher form = FORM.matcher(body);
      while (form.find()) {
        if (form.group(1).equals(action)) {
          Map<String, String> fields = new LinkedHashMap<>();
          Matcher hidden = HIDDEN.matcher(form.group(2));
          while (hidden.find()) {
            fields.put(hidden.group(1), unescaped(Optional.ofNullable(hidden.group(2)).orElse("")));
          }
          return fields;
        }
      }
      throw new AssertionError("no form for " + action + " in " + body);
    }
  }

  static String unescaped(String text) {
    return text.replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
  }

  private final int port;

  /// Of the sign-in.
  public Optional<String> cookie = Optional.empty();

  /// That somebody has signed in before.
  Optional<String> known = Optional.empty();

  /// When whoever has signed in was here last.
  Optional<String> seen = Optional.empty();

  /// That somebody was sent to another provider.
  Optional<String> upstream = Optional.empty();

  public Browser(int port) {
    this.port = port;
  }

  /// Another window with the same cookies.
  Browser copy() {
    Browser copy = new Browser(port);
    copy.cookie = cookie;
    copy.known = known;
    copy.seen = seen;
    copy.upstream = upstream;
    return copy;
  }

  public Page get(String path) {
    return send("GET", path, "", Map.of());
  }

  /// Fills in a form of a page.
  public Page submit(Page page, String action, String... fields) {
    Map<String, String> all = page.form(action);
    for (int i = 0; i < fields.length; i += 2) {
      all.put(fields[i], fields[i + 1]);
    }
    return post(action, all, Map.of("Origin", ORIGIN, "Sec-Fetch-Site", "same-origin"));
  }

  /// Types a name of the tests' account and a password where this path leads.
  public Page typed(String path, String name, String password) {
    return submit(
        get(path), "/sign-in", "account", People.ACCOUNT, "name", name, "password", password);
  }

  Page post(String action, Map<String, String> fields, Map<String, String> headers) {
    return send("POST", action, encoded(fields), headers);
  }

  private static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /// By hand: HTTP clients send no Host but their own.
  Page send(String method, String path, String body, Map<String, String> more) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Host", "localhost:8080");
    headers.put("Accept", "text/html");
    String cookies =
        Stream.of(
                cookie.map(value -> COOKIE + "=" + value),
                known.map(value -> KNOWN + "=" + value),
                seen.map(value -> SEEN + "=" + value),
                upstream.map(value -> UPSTREAM + "=" + value))
            .flatMap(Optional::stream)
            .collect(Collectors.joining("; "));
    if (!cookies.isEmpty()) {
      headers.put("Cookie", cookies);
    }
    if (method.equals("POST")) {
      headers.put("Content-Type", "application/x-www-form-urlencoded");
      headers.put("Content-Length", Integer.toString(body.length()));
    }
    headers.putAll(more);
    headers.put("Connection", "close");
    StringBuilder text = new StringBuilder("%s %s HTTP/1.1\r\n".formatted(method, path));
    headers.forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    text.append("\r\n").append(body);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
      Page page = read(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      page.header("set-cookie").lines().forEach(this::keep);
      return page;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Page read(String answer) {
    String head = answer.substring(0, answer.indexOf("\r\n\r\n"));
    List<String> lines = List.of(head.split("\r\n"));
    return new Page(
        Integer.parseInt(lines.getFirst().split(" ")[1]),
        lines.stream()
            .skip(1)
            .map(line -> line.split(": ?", 2))
            .collect(
                Collectors.toMap(
                    header -> header[0].toLowerCase(Locale.ROOT),
                    header -> header[1],
                    (first, next) -> first + "\n" + next)),
        answer.substring(head.length() + 4));
  }

  private void keep(String set) {
    if (set.startsWith(COOKIE + "=")) {
      String value = set.substring(COOKIE.length() + 1, set.indexOf(';'));
      cookie = Optional.of(value).filter(is -> !is.isEmpty());
    }
    if (set.startsWith(SEEN + "=")) {
      seen = Optional.of(set.substring(SEEN.length() + 1, set.indexOf(';')));
    }
    if (set.startsWith(UPSTREAM + "=")) {
      upstream = Optional.of(set.substring(UPSTREAM.length() + 1, set.indexOf(';')));
    }
    if (set.startsWith(KNOWN + "=")) {
      known = Optional.of(set.substring(KNOWN.length() + 1, set.indexOf(';')));
    }
  }
}
