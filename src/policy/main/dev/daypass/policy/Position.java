package dev.daypass.policy;

/// A place in a policy's text, both counted from 1.
public record Position(int line, int column) {
  @Override
  public String toString() {
    return line + ":" + column;
  }
}
