package dev.daypass.broker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.daypass.broker.Browser;
import dev.daypass.broker.Browser.Page;
import dev.daypass.broker.People;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.IamClient;

/// `daypass login` as a person meets it, against the packaged broker: its pages are answered as a
/// browser does.
class LoginIT {
  private static final String PASSWORD = "correct horse battery";
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir(cleanup = CleanupMode.NEVER)
  static Path folder;

  private static BrokerProcess broker;

  @TempDir Path home;
  private Cli cli;
  private Browser browser;

  @BeforeAll
  static void begin() throws Exception {
    broker =
        BrokerProcess.start(
            BrokerProcess.settings(folder, Map.of("DAYPASS_PUBLIC_URL", Browser.ORIGIN)));
    IamClient iam = BrokerProcessIT.iam(broker);
    iam.createLoginProfile(r -> r.userName("admin").password(PASSWORD));
    iam.createRole(
        r ->
            r.roleName("deploy")
                .assumeRolePolicyDocument(
                    People.document(
                        "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::111122223333:user/admin\"},\"Action\":\"sts:AssumeRole\"}")));
  }

  @AfterAll
  static void end() throws Exception {
    broker.close();
  }

  @BeforeEach
  void arrive() {
    cli = new Cli(home.resolve("daypass"));
    browser = new Browser(broker.port());
  }

  private static String server() {
    return "http://127.0.0.1:" + broker.port();
  }

  private Page signedIn(String path) {
    Page sent = browser.get(path);
    assertThat(sent.status()).as(sent.body()).isEqualTo(303);
    assertThat(browser.typed(sent.location(), "admin", PASSWORD).location()).isEqualTo(path);
    return browser.get(path);
  }

  /// The first line that begins so, as soon as it is there.
  private static String line(BufferedReader output, String start) throws IOException {
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(start)) {
        return line.substring(start.length()).strip();
      }
      said.append(line).append('\n');
    }
    throw new AssertionError("no line begins with " + start + ":\n" + said);
  }

  private static String path(String link) {
    return link.substring(Browser.ORIGIN.length());
  }

  private static String visited(String link) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create(link)).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  private static String rest(Process process, BufferedReader output) throws Exception {
    String said = String.join("\n", output.lines().toList());
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  private String[] login(String... more) {
    return Stream.concat(Stream.of("login", "--server", server()), Stream.of(more))
        .toArray(String[]::new);
  }

  @Test
  void a_browser_on_this_computer_signs_the_terminal_in() throws Exception {
    Process login = cli.start(Map.of(), login("--no-browser"));
    try (BufferedReader output = login.inputReader()) {
      assertThat(line(output, "Open this address")).contains("in a browser on this computer");
      String link = Browser.ORIGIN + line(output, Browser.ORIGIN);

      Page asked = signedIn(path(link));
      assertThat(asked.body()).contains("everything that you can do here");
      Page back = browser.submit(asked, "/authorize", "answer", "allow");

      assertThat(visited(back.location())).contains("You can close this tab.");
      assertThat(rest(login, output))
          .contains("Signed in as arn:aws:iam::111122223333:user/admin without a second factor")
          .contains("The sign-in is kept in plain text in ");
    }
    assertThat(login.exitValue()).isZero();
    assertThat(cli.run("", "whoami").output()).contains(":user/admin");
    assertThat(cli.run("", "roles").output()).contains("deploy");
    assertThat(cli.run("", "exec", "deploy", "--", "env").output()).contains("AWS_SESSION_TOKEN=");

    assertThat(cli.run("", "logout").exitCode()).isZero();

    assertThat(cli.run("", "whoami").exitCode()).isEqualTo(4);
    assertThat(Files.readString(home.resolve("daypass/config"))).contains("server = " + server());
    assertThat(browser.get("/home").location()).as("one sign-in, ended").isEqualTo("/sign-in");
  }

  @Test
  void the_program_that_is_named_opens_the_address() throws Exception {
    Path opener =
        Files.writeString(home.resolve("opener"), "#!/bin/sh\nprintf '%s' \"$2\" > \"$1\"\n");
    Files.setPosixFilePermissions(opener, PosixFilePermissions.fromString("rwx------"));
    Path opened = home.resolve("opened");

    Process login =
        cli.start(Map.of(), login("deploy", "--json", "--browser-cmd", opener + " " + opened));
    try (BufferedReader output = login.inputReader()) {
      String link = Browser.ORIGIN + line(output, Browser.ORIGIN);
      await().atMost(SOON).until(() -> Files.exists(opened) && Files.size(opened) == link.length());
      assertThat(Files.readString(opened)).isEqualTo(link);

      Page back = browser.submit(signedIn(path(link)), "/authorize", "answer", "allow");
      visited(back.location());

      assertThat(rest(login, output))
          .contains(":assumed-role/deploy/admin until ", "Try: daypass exec deploy --")
          .contains("\"flow\":\"browser\"", "\"store\":\"insecure-file\"", "\"mfa\":false");
    }
    assertThat(login.exitValue()).isZero();
  }

  @Test
  void a_person_who_would_not_signs_nobody_in() throws Exception {
    Process login = cli.start(Map.of(), login("--no-browser"));
    try (BufferedReader output = login.inputReader()) {
      String link = Browser.ORIGIN + line(output, Browser.ORIGIN);

      Page back = browser.submit(signedIn(path(link)), "/authorize", "answer", "deny");
      visited(back.location());

      assertThat(rest(login, output)).contains("You did not allow it. Nothing was given.");
    }
    assertThat(login.exitValue()).isEqualTo(2);
    assertThat(cli.run("", "whoami").exitCode()).isEqualTo(4);
  }

  @Test
  void a_code_that_is_typed_anywhere_signs_the_terminal_in_and_is_remembered() throws Exception {
    Process login = cli.start(Map.of(), login("--device"));
    try (BufferedReader output = login.inputReader()) {
      assertThat(line(output, "On any device, open")).isEqualTo(Browser.ORIGIN + "/device");
      String code = line(output, "and type the code");
      String link = line(output, "The whole address:");
      assertThat(link).endsWith(code);

      Page asked = signedIn(path(link));
      assertThat(asked.body()).contains(code, "everything that you can do here");
      browser.submit(asked, "/device", "answer", "allow");

      assertThat(rest(login, output)).contains("Signed in as arn:aws:iam::111122223333:user/admin");
    }
    assertThat(login.exitValue()).isZero();
    assertThat(Files.readString(home.resolve("daypass/config")))
        .contains("[" + server() + "]", "login_flow = device");

    Process again = cli.start(Map.of(), "login");
    try (BufferedReader output = again.inputReader()) {
      String code = line(output, "and type the code");
      browser.submit(browser.get("/device?user_code=" + code), "/device", "answer", "deny");
      assertThat(rest(again, output)).contains("Nothing was given.");
    }
    assertThat(again.exitValue()).isEqualTo(2);
    assertThat(cli.run("", "whoami").exitCode()).as("what there was stays").isZero();
  }

  @Test
  void a_screen_that_can_show_it_shows_a_code_to_scan() throws Exception {
    Map<String, String> capable = Map.of("LC_ALL", "C.UTF-8", "TERM", "xterm", "NO_COLOR", "");
    Process login = cli.start(capable, login("--device"));
    try (BufferedReader output = login.inputReader()) {
      line(output, "or scan this:");
      String row = output.readLine();
      assertThat(row).startsWith("\u001b[97;40m").contains("█").endsWith("\u001b[0m");
    } finally {
      login.destroyForcibly();
    }
  }

  @Test
  void nothing_is_sent_where_it_could_be_read_on_the_way() throws Exception {
    for (String server :
        List.of(
            "http://daypass.example.com", "ftp://127.0.0.1", "https://", "x", "https://u:p@h")) {
      Cli.Outcome outcome = cli.run(Map.of("DAYPASS_SERVER", server), "", "login", "--device");

      assertThat(outcome.exitCode()).as(server).isEqualTo(2);
      assertThat(outcome.output()).as(server).contains("https");
    }
  }

  @Test
  void ctrl_c_leaves_nothing_behind() throws Exception {
    Process login = cli.start(Map.of(), login("--no-browser"));
    try (BufferedReader output = login.inputReader()) {
      line(output, Browser.ORIGIN);
      new ProcessBuilder("kill", "-INT", Long.toString(login.pid())).start().waitFor();
      rest(login, output);
    }
    assertThat(login.exitValue()).isEqualTo(130);
    assertThat(home.resolve("daypass")).doesNotExist();
  }

  private Cli.Outcome typed(Map<String, String> environment, String... more) throws Exception {
    List<String> all = new java.util.ArrayList<>(List.of(more));
    all.addAll(List.of("--stdin", "--account", BrokerProcess.ACCOUNT, "--user", "admin"));
    return cli.run(environment, PASSWORD + "\n", login(all.toArray(String[]::new)));
  }

  @Test
  void where_nothing_keeps_secrets_it_says_what_can_and_asks_for_nothing() throws Exception {
    Cli.Outcome outcome = typed(Map.of("DAYPASS_STORAGE", ""));

    assertThat(outcome.exitCode()).isEqualTo(7);
    assertThat(outcome.output())
        .contains("DAYPASS_PASSPHRASE", "DAYPASS_CREDENTIAL_HELPER", "--insecure-storage")
        .doesNotContain("Signed in");
    assertThat(home.resolve("daypass")).doesNotExist();
  }

  @Test
  void what_is_said_about_storage_must_make_sense() throws Exception {
    Map<String, String> nothing = Map.of("DAYPASS_STORAGE", "");

    assertThat(typed(nothing, "--storage", "cloud").exitCode()).isEqualTo(2);
    assertThat(typed(Map.of("DAYPASS_STORAGE", "plain")).exitCode()).isEqualTo(2);
    assertThat(typed(nothing, "--storage", "encrypted-file", "--insecure-storage").exitCode())
        .isEqualTo(2);
    assertThat(typed(Map.of("DAYPASS_STORAGE", "", "DAYPASS_PASSPHRASE", "short")).output())
        .contains("A passphrase has 8 characters or more.");
    Files.createDirectories(home.resolve("daypass"));
    Files.writeString(home.resolve("daypass/config"), "credential_helper = missing\n");
    Cli.Outcome missing = typed(nothing);
    assertThat(missing.exitCode()).isEqualTo(7);
    assertThat(missing.output()).contains("docker-credential-missing is not on the PATH");
  }

  @Test
  void a_browser_that_does_not_start_is_the_persons_to_start() throws Exception {
    Process login = cli.start(Map.of(), login("--browser-cmd", home + "/no-such-browser"));
    try (BufferedReader output = login.inputReader()) {
      String link = Browser.ORIGIN + line(output, Browser.ORIGIN);
      assertThat(line(output, "The browser does not start.")).contains("Open the address");

      Page back = browser.submit(signedIn(path(link)), "/authorize", "answer", "allow");
      visited(back.location());

      assertThat(rest(login, output)).contains("Signed in as ");
    }
  }

  @Test
  void a_passphrase_encrypts_what_is_kept() throws Exception {
    Map<String, String> right =
        Map.of("DAYPASS_STORAGE", "", "DAYPASS_PASSPHRASE", "a long passphrase");

    Cli.Outcome login = typed(right);

    assertThat(login.exitCode()).as(login.output()).isZero();
    assertThat(login.output()).contains("encrypted with your passphrase in ");
    assertThat(cli.run(right, "", "whoami").output()).contains(":user/admin");
    assertThat(cli.run(Map.of("DAYPASS_PASSPHRASE", "another passphrase"), "", "whoami").exitCode())
        .isEqualTo(7);
    Cli.Outcome silent = cli.run("", "credential-process", "--role", "deploy");
    assertThat(silent.exitCode()).isEqualTo(7);
    assertThat(silent.output()).contains("DAYPASS_PASSPHRASE");
    assertThat(kept()).noneMatch(text -> text.contains("eyJ"));
  }

  private List<String> kept() throws IOException {
    try (Stream<Path> files = Files.walk(home.resolve("daypass"))) {
      return files.filter(Files::isRegularFile).map(LoginIT::text).toList();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void plain_text_is_asked_for_by_name_and_remembered() throws Exception {
    Map<String, String> nothing = Map.of("DAYPASS_STORAGE", "");

    assertThat(typed(nothing, "--insecure-storage").output()).contains("in plain text in ");

    assertThat(Files.readString(home.resolve("daypass/config")))
        .contains("storage = insecure-file");
    assertThat(typed(nothing).output()).contains("in plain text in ");
    assertThat(cli.run(nothing, "", "whoami").exitCode()).isZero();
  }

  @Test
  void a_helper_that_is_named_keeps_it() throws Exception {
    Path bin = Files.createDirectories(home.resolve("bin"));
    Path helper =
        Files.writeString(
            bin.resolve("docker-credential-test"),
            """
            #!/bin/sh
            case $1 in
              store) cat > "%1$s/kept" ;;
              get) cat > /dev/null; cat "%1$s/kept" ;;
              erase) rm "%1$s/kept" ;;
            esac
            """
                .formatted(bin));
    Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwx------"));
    Map<String, String> named =
        Map.of(
            "DAYPASS_STORAGE", "",
            "DAYPASS_CREDENTIAL_HELPER", "test",
            "PATH", bin + ":" + System.getenv("PATH"));

    Cli.Outcome login = typed(named);

    assertThat(login.output()).contains("kept with docker-credential-test");
    assertThat(Files.readString(bin.resolve("kept"))).contains(server(), "eyJ");
    assertThat(kept()).noneMatch(text -> text.contains("eyJ"));
    assertThat(cli.run(named, "", "whoami").exitCode()).isZero();
    assertThat(cli.run(named, "", "logout").exitCode()).isZero();
    assertThat(bin.resolve("kept")).doesNotExist();
  }
}
