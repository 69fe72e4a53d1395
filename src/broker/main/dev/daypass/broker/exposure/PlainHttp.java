package dev.daypass.broker.exposure;

/// Where plain HTTP is taken.
public enum PlainHttp {
  LOOPBACK,
  BEHIND_TLS,
  ANYWHERE
}
