package dev.daypass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cli.Program.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainTest {
  @TempDir Path home;

  @Test
  void what_others_wrote_into_the_trail_does_not_move_the_terminals_cursor() throws Exception {
    try (FakeApi api = new FakeApi()) {
      api.event =
          "{\"eventTime\": \"t\", \"eventName\": \"AssumeRole\", \"eventSource\": \"sts\", \"sourceIPAddress\": \"a\\u001b[2Jb\","
              + " \"requestParameters\": {\"x\": \"one\\u001b[2J\\ntwo\"}, \"errorCode\": \"AccessDenied\", \"errorMessage\": \"no\\r\\u009bm\"}";

      Outcome explained = new Program(home).signedIn(api.url()).run("explain", "an-id");

      assertThat(explained.exitCode()).isEqualTo(ExitCode.DENIED);
      assertThat(explained.out().lines()).hasSize(4);
      assertThat(explained.out()).contains("one [2J two").contains("AccessDenied: no m");
      assertThat(explained.out()).doesNotContain("\u001b", "\u009b", "\r");
    }
  }
}
