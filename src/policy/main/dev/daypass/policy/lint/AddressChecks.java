package dev.daypass.policy.lint;

import dev.daypass.policy.AddressRange;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Ranges of addresses.
final class AddressChecks {
  private static final List<AddressRange> PRIVATE =
      Stream.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
          .map(AddressRange::parse)
          .toList();

  private AddressChecks() {}

  static void check(DraftStatement statement, Findings findings) {
    for (DraftCondition condition : statement.conditions()) {
      if (condition.isOf(ValueType.IP)) {
        condition.values().forEach(value -> range(value, findings));
        reach(condition, findings);
      }
    }
  }

  private static Optional<AddressRange> read(Node value) {
    try {
      return Optional.of(AddressRange.parse(value.scalar().orElse("")));
    } catch (IllegalArgumentException _) {
      // ValueChecks tells that it is none.
      return Optional.empty();
    }
  }

  private static void range(Node value, Findings findings) {
    Optional<AddressRange> range = read(value);
    if (range.isEmpty()) {
      return;
    }
    byte[] masked = masked(range.get());
    if (!Arrays.equals(masked, range.get().address())) {
      findings.add(Issue.IMPROVE_IP_RANGE, value, shown(masked) + "/" + range.get().bits());
    }
    if (range.get().bits() == 0) {
      findings.add(Issue.IP_RANGE_OF_EVERYTHING, value, value.scalar().orElse(""));
    }
  }

  /// The first address of the range.
  private static byte[] masked(AddressRange range) {
    byte[] address = range.address().clone();
    for (int bit = range.bits(); bit < address.length * Byte.SIZE; bit++) {
      address[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
    }
    return address;
  }

  private static String shown(byte[] address) {
    try {
      return InetAddress.getByAddress(address).getHostAddress();
    } catch (UnknownHostException e) {
      throw new AssertionError("an address has four bytes or sixteen", e);
    }
  }

  private static void reach(DraftCondition condition, Findings findings) {
    if (!condition.isAbout("aws:SourceIp")) {
      return;
    }
    List<Node> within = new ArrayList<>();
    for (Node value : condition.values()) {
      if (read(value).filter(AddressChecks::isPrivate).isPresent()) {
        within.add(value);
      }
    }
    boolean negated = condition.negated();
    if (within.size() < condition.values().size()) {
      Issue some = negated ? Issue.PRIVATE_NOT_IP_ADDRESS_SUBSET : Issue.PRIVATE_IP_ADDRESS_SUBSET;
      within.forEach(value -> findings.add(some, value, value.scalar().orElse("")));
    } else if (!within.isEmpty()) {
      findings.add(
          negated ? Issue.PRIVATE_NOT_IP_ADDRESS : Issue.PRIVATE_IP_ADDRESS, condition.node());
    }
  }

  private static boolean isPrivate(AddressRange range) {
    return PRIVATE.stream()
        .anyMatch(each -> each.bits() <= range.bits() && each.contains(range.address()));
  }
}
