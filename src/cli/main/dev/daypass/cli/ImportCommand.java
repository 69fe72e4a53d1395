package dev.daypass.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.daypass.client.SignIn;
import dev.daypass.desired.DesiredReader;
import dev.daypass.desired.Document;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `daypass import`.
@Command(
    name = "import",
    description = "Take users, groups, roles and policies over from an AWS account.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "FILE is what 'aws iam get-account-authorization-details' printed.",
      "What cannot be taken over is told, and is no failure."
    })
final class ImportCommand implements Callable<Integer> {
  private static final long LARGEST = 64L << 20;

  @Spec private CommandSpec spec;
  @Mixin private Applying applying;

  @Parameters(paramLabel = "FILE")
  private Path file;

  @SuppressWarnings("NullAway.Init")
  ImportCommand() {}

  @Override
  public Integer call() throws IOException {
    SignIn signIn = new Here().signIn();
    String account = String.valueOf(Here.broker(signIn).identity(signIn).get("account"));
    AwsAccount.Taken taken = AwsAccount.read(text(), account);
    String document = JSON.std.asString(taken.document());
    DesiredReader.read(Document.parse(file.toString(), document));
    PrintWriter out = spec.commandLine().getOut();
    if (!applying.json()) {
      taken.left().forEach(line -> out.println("! " + line));
    }
    return applying.apply(document, false, out, Map.of("left", List.copyOf(taken.left())));
  }

  private String text() {
    try {
      if (Files.size(file) > LARGEST) {
        throw new Stop(ExitCode.USAGE, file + " is larger than 64 megabytes");
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new Stop(ExitCode.USAGE, file + " is not UTF-8 text");
    } catch (IOException e) {
      throw new Stop(ExitCode.USAGE, "cannot read " + file);
    }
  }
}
