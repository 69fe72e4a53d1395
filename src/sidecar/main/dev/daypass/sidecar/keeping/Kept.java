package dev.daypass.sidecar.keeping;

import dev.daypass.client.sources.Source;

/// A role that is kept.
///
/// @param name what it is called here
public record Kept(String name, String arn, Source source) {}
