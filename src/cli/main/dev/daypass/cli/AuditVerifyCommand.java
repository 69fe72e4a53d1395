package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.cli.DigestChain.Anchor;
import dev.daypass.cli.DigestChain.Finding;
import dev.daypass.client.Broker;
import dev.daypass.client.SignIn;
import dev.daypass.client.files.WholeFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `daypass audit verify`.
@Command(
    name = "verify",
    description = "Hold the broker's trail against its signed digests.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Finds every record that was changed, removed or put in since it was signed, and digests that were replaced.",
      "The newest digest is remembered on this computer, so that a trail that was rolled back is found as well:",
      "run it regularly, from a computer that those cannot write to who can write to the database.",
      "It needs the permission daypass:VerifyTrail. Exits with 1 where something is wrong."
    })
final class AuditVerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--anchor",
      paramLabel = "FILE",
      description = "Where the newest digest is remembered, in place of the usual file.")
  private @Nullable Path anchor;

  @Option(names = "--json", description = "As JSON.")
  private boolean json;

  @SuppressWarnings("NullAway.Init")
  AuditVerifyCommand() {}

  @Override
  public Integer call() throws IOException {
    Here here = new Here();
    SignIn signIn = here.signIn();
    Path file = anchor == null ? usual(here, signIn) : anchor;
    DigestChain chain = new DigestChain(remembered(file));
    long unsigned = walk(Here.broker(signIn), signIn, chain);
    List<Finding> findings = chain.findings();
    if (findings.isEmpty() && chain.last().isPresent()) {
      remember(file, chain.last().get());
    }
    show(chain, findings, unsigned);
    return findings.isEmpty() ? 0 : ExitCode.FAILED;
  }

  private static Path usual(Here here, SignIn signIn) {
    String broker = signIn.server().getAuthority().replaceAll("[^A-Za-z0-9.-]", "_");
    return here.folder().resolve("trail-" + broker + ".json");
  }

  /// Every digest there is; says how many records came after the newest.
  private static long walk(Broker broker, SignIn signIn, DigestChain chain) {
    Map<String, Object> page;
    List<?> digests;
    do {
      page = broker.trail(signIn, chain.last().map(Anchor::number).orElse(0L));
      digests = (List<?>) page.getOrDefault("digests", List.of());
      digests.forEach(digest -> chain.take((Map<?, ?>) digest));
    } while (!digests.isEmpty()
        && chain.last().map(Anchor::number).orElse(0L) < DigestChain.number(page, "newest"));
    return DigestChain.number(page, "unsigned");
  }

  private static Optional<Anchor> remembered(Path file) throws IOException {
    try {
      Map<String, Object> content = JSON.std.mapFrom(Files.readString(file));
      if (content.get("sha256") instanceof String sha256 && content.get("number") != null) {
        return Optional.of(new Anchor(DigestChain.number(content, "number"), sha256));
      }
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (com.fasterxml.jackson.core.JacksonException _) {
      // Told below.
    }
    throw new Stop(ExitCode.FAILED, "%s does not hold a digest that was seen.".formatted(file));
  }

  private static void remember(Path file, Anchor last) throws IOException {
    String content = JSON.std.asString(new TreeMap<>(shown(last)));
    WholeFile.write(
        file,
        content.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        PosixFilePermissions.fromString("rw-------"));
  }

  private static Map<String, Object> shown(Anchor anchor) {
    return Map.of("number", anchor.number(), "sha256", anchor.sha256());
  }

  private void show(DigestChain chain, List<Finding> findings, long unsigned) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JSON.std.asString(asJson(chain, findings, unsigned)));
      return;
    }
    for (Finding finding : findings) {
      out.println(
          Shown.line(
              "digest %d: %s (%s)"
                  .formatted(finding.digest(), finding.message(), finding.problem())));
    }
    out.printf(
        "%d records in %d digests%s; %d came after the newest digest.%n",
        chain.records(),
        chain.digests(),
        findings.isEmpty() ? " are as they were signed" : ", and not all is as it was signed",
        unsigned);
    chain
        .last()
        .ifPresent(last -> out.printf("Newest digest: %d %s%n", last.number(), last.sha256()));
  }

  private static Map<String, Object> asJson(
      DigestChain chain, List<Finding> findings, long unsigned) {
    Map<String, Object> all = new TreeMap<>();
    all.put("digests", chain.digests());
    all.put("records", chain.records());
    all.put("unsigned", unsigned);
    all.put(
        "findings",
        findings.stream()
            .map(
                is ->
                    Map.of("digest", is.digest(), "problem", is.problem(), "message", is.message()))
            .toList());
    chain.last().ifPresent(last -> all.put("newest", shown(last)));
    return all;
  }
}
