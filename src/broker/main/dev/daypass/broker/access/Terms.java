package dev.daypass.broker.access;

/// What the proof of an identity says about the session that it is traded for.
public sealed interface Terms permits SamlSession, CertificateSession {}
