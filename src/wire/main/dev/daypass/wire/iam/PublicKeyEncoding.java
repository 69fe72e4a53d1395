package dev.daypass.wire.iam;

/// How a public key is written: `ssh-rsa …` (RFC 4253), or PEM (RFC 7468).
public enum PublicKeyEncoding {
  SSH,
  PEM
}
