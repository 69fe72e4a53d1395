package dev.daypass.broker.tags;

import static dev.daypass.wire.ErrorCode.INVALID_INPUT;

import dev.daypass.broker.database.Database;
import dev.daypass.broker.database.Page;
import dev.daypass.broker.database.Quota;
import dev.daypass.policy.Context;
import dev.daypass.wire.iam.Tag;
import dev.daypass.wire.iam.TagKey;
import dev.daypass.wire.iam.TagPage;
import dev.daypass.wire.iam.TagValue;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The tags on users, roles, policies and whatever else has a unique id. A key is there once,
/// without regard to case.
@Singleton
public final class PostgresTags {
  private final Database database;

  PostgresTags(Database database) {
    this.database = database;
  }

  /// The condition keys of a request that brings tags.
  public static Context context(List<Tag> tags) {
    Context.Builder context = Context.builder();
    if (!tags.isEmpty()) {
      tags.forEach(tag -> context.put("aws:RequestTag/" + tag.key().value(), tag.value().value()));
      context.putAll("aws:TagKeys", tags.stream().map(tag -> tag.key().value()).toList());
    }
    return context.build();
  }

  /// The condition keys of a request that takes tags away.
  public static Context keysContext(List<TagKey> keys) {
    return keys.isEmpty()
        ? Context.EMPTY
        : Context.builder()
            .putAll("aws:TagKeys", keys.stream().map(TagKey::value).toList())
            .build();
  }

  /// Adds tags, replacing values of keys that are there.
  public Uni<Void> put(String ownerId, List<Tag> tags) {
    if (tags.isEmpty()) {
      return Uni.createFrom().voidItem();
    }
    refuseDuplicates(tags);
    return of(ownerId)
        .invoke(present -> checkQuota(present, tags))
        .chain(() -> remove(ownerId, tags.stream().map(Tag::key).toList()))
        .chain(() -> addAll(ownerId, tags));
  }

  private Uni<Void> addAll(String ownerId, List<Tag> tags) {
    return database.put(
        tags.stream()
            .map(tag -> TagRow.of(ownerId, tag.key().value(), tag.value().value()))
            .toArray());
  }

  private static void refuseDuplicates(List<Tag> tags) {
    Set<String> keys = new HashSet<>();
    for (Tag tag : tags) {
      if (tag.key().value().toLowerCase(Locale.ROOT).startsWith("aws:")) {
        throw INVALID_INPUT.error("Tag keys that begin with aws: are reserved.");
      }
      if (!keys.add(tag.key().value().toLowerCase(Locale.ROOT))) {
        throw INVALID_INPUT.error(
            "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
      }
    }
  }

  private static void checkQuota(Map<String, String> present, List<Tag> tags) {
    Set<String> all =
        present.keySet().stream()
            .map(key -> key.toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(HashSet::new));
    tags.forEach(tag -> all.add(tag.key().value().toLowerCase(Locale.ROOT)));
    Quota.TAGS.check(all.size());
  }

  public Uni<Void> remove(String ownerId, List<TagKey> keys) {
    return keys.isEmpty()
        ? Uni.createFrom().voidItem()
        : database
            .change(
                "delete from TagRow where ownerId = :owner and lower(key) in :keys",
                Map.of(
                    "owner",
                    ownerId,
                    "keys",
                    keys.stream().map(key -> key.value().toLowerCase(Locale.ROOT)).toList()))
            .replaceWithVoid();
  }

  public Uni<Void> removeAll(String ownerId) {
    return database
        .change("delete from TagRow where ownerId = :owner", Map.of("owner", ownerId))
        .replaceWithVoid();
  }

  /// All tags of one owner, by key. Columns and not rows: a row that was read here and then deleted
  /// by a statement would still be there for Hibernate when it is added again.
  public Uni<Map<String, String>> of(String ownerId) {
    return database
        .list(
            Object[].class,
            "select key, value from TagRow where ownerId = :owner",
            Map.of("owner", ownerId),
            Integer.MAX_VALUE)
        .map(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.toMap(
                            columns -> (String) columns[0], columns -> (String) columns[1])));
  }

  /// All tags of one owner, as they travel.
  public Uni<List<Tag>> list(String ownerId) {
    return of(ownerId)
        .map(
            tags ->
                tags.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(PostgresTags::toTag)
                    .toList());
  }

  /// The tags of many owners, by owner.
  public Uni<Map<String, List<Tag>>> of(List<String> ownerIds) {
    return database
        .list(
            TagRow.class,
            "from TagRow where ownerId in :owners order by ownerId, key",
            Map.of("owners", ownerIds),
            Integer.MAX_VALUE)
        .map(
            rows ->
                rows.stream()
                    .collect(
                        Collectors.groupingBy(
                            row -> row.ownerId,
                            Collectors.mapping(
                                row -> toTag(Map.entry(row.key, row.value)),
                                Collectors.toList()))));
  }

  /// By place, because a long key would not fit into a marker.
  public Uni<TagPage> page(String ownerId, Page.Wanted wanted) {
    return list(ownerId)
        .map(own -> Page.slice(own, wanted))
        .map(page -> new TagPage(page.items(), page.isTruncated(), page.marker()));
  }

  private static Tag toTag(Map.Entry<String, String> tag) {
    return new Tag(new TagKey(tag.getKey()), new TagValue(tag.getValue()));
  }
}
