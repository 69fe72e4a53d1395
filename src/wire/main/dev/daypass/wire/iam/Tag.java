package dev.daypass.wire.iam;

/// A label that an administrator puts on an entity, for conditions to look at.
public record Tag(TagKey key, TagValue value) {}
