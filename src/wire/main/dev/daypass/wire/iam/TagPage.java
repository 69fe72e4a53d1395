package dev.daypass.wire.iam;

import java.util.List;
import java.util.Optional;

/// One page of the tags on an entity.
public record TagPage(List<Tag> tags, boolean isTruncated, Optional<String> marker) {}
