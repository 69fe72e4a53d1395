package dev.daypass.broker.exposure;

/// What is asked of clients when a connection begins.
public enum ClientCertificates {
  NONE,
  REQUIRED
}
