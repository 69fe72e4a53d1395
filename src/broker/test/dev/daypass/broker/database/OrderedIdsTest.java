package dev.daypass.broker.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class OrderedIdsTest {
  @Test
  void an_id_is_a_uuid_of_version_7() {
    UUID id = OrderedIds.next();

    assertThat(id.version()).isEqualTo(7);
    assertThat(id.variant()).isEqualTo(2);
  }

  @Test
  void an_id_begins_with_the_time_at_which_it_was_made() {
    Instant before = Instant.now();

    long made = OrderedIds.next().getMostSignificantBits() >>> 16;

    assertThat(made).isBetween(before.toEpochMilli(), Instant.now().toEpochMilli());
  }

  @Test
  void no_two_ids_are_the_same_however_many_are_made_at_once() {
    assertThat(Stream.generate(OrderedIds::next).limit(100_000)).doesNotHaveDuplicates();
  }
}
