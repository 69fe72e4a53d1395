package dev.daypass.broker.sealing;

import java.util.Arrays;
import java.util.List;

/// The columns that are listed as sealed, as `table.column`.
public final class SealedColumns {
  private SealedColumns() {}

  public static List<String> all() {
    return Arrays.stream(SealedColumn.values())
        .map(column -> column.table() + "." + column.column())
        .toList();
  }
}
