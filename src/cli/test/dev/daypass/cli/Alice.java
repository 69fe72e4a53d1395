package dev.daypass.cli;

import java.util.List;

/// Somebody who has signed in, and can assume whatever she names.
final class Alice implements SignedRoles {
  @Override
  public List<String> arns(List<String> named) {
    return named.stream().map("arn:aws:iam::111122223333:role/"::concat).toList();
  }

  @Override
  public String userName() {
    return "alice";
  }
}
