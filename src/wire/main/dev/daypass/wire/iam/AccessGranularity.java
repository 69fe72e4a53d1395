package dev.daypass.wire.iam;

/// How closely a report of last accesses looks.
public enum AccessGranularity {
  SERVICE_LEVEL,
  ACTION_LEVEL
}
