package dev.daypass.broker.apply;

import dev.daypass.wire.Request;
import java.util.Optional;

/// One change, and the request that makes it.
///
/// @param thing such as `user alice`
/// @param detail what about it; empty for the thing itself
/// @param marking what to remember as made by an apply
public record Step(
    Sign sign, String thing, String detail, Request<?> request, Optional<Marking> marking) {
  /// What a line of the difference begins with.
  public enum Sign {
    ADDED("+"),
    CHANGED("~"),
    REMOVED("-");

    private final String text;

    Sign(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /// In which order steps are taken, so that what is named is there, and what is removed is unused.
  enum Phase {
    POLICIES,
    THINGS,
    TAKE,
    GIVE,
    DELETE
  }

  /// A part of a thing, whose unique id may not be known before the step is taken.
  ///
  /// @param group the group that is joined, where that is what the step does
  record Marking(Kind kind, String name, String part, Optional<String> group) {
    static Marking itself(Kind kind, String name) {
      return new Marking(kind, name, Mark.ITSELF, Optional.empty());
    }

    /// Something of the account's own.
    static Marking ofAccount(String part) {
      return new Marking(Kind.POLICY, "", part, Optional.empty());
    }

    boolean ofAccount() {
      return name.isEmpty();
    }

    static Marking part(Kind kind, String name, String part) {
      return new Marking(kind, name, part, Optional.empty());
    }
  }

  @Override
  public String toString() {
    return sign + " " + thing + (detail.isEmpty() ? "" : ": " + detail);
  }
}
