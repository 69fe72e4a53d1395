package dev.daypass.broker.database;

import static dev.daypass.wire.ErrorCode.VALIDATION_ERROR;

import dev.daypass.wire.iam.Marker;
import dev.daypass.wire.iam.MaxItems;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// One page of a list in the order of its keys, and where the next begins.
///
/// @param marker opaque to callers; absent on the last page
public record Page<T>(List<T> items, Optional<String> marker) {
  private static final int USUAL_SIZE = 100;

  public Page {
    items = List.copyOf(items);
  }

  /// Which page is asked for.
  ///
  /// @param after the key of the last item before it; empty for the first page
  public record Wanted(String after, int size) {
    private static final Pattern PLACE = Pattern.compile("[0-9]{1,9}");

    /// What a request asks for; `ValidationError` for a marker that none of our answers had.
    public static Wanted of(Optional<Marker> marker, Optional<MaxItems> maxItems) {
      return new Wanted(
          marker.map(given -> decode(given.value())).orElse(""),
          maxItems.map(MaxItems::value).orElse(USUAL_SIZE));
    }

    /// The place in its list, from 0 on, of the page's first item, where keys are places.
    public int place() {
      if (after.isEmpty()) {
        return 0;
      }
      if (!PLACE.matcher(after).matches()) {
        throw VALIDATION_ERROR.error("Invalid Marker.");
      }
      return Integer.parseInt(after) + 1;
    }

    /// One more than fits, to know whether there is a next page.
    public int toFetch() {
      return size + 1;
    }
  }

  /// The page, of up to [Wanted#toFetch] items.
  public static <T> Page<T> of(List<T> fetched, Wanted wanted, Function<T, String> key) {
    if (fetched.size() <= wanted.size()) {
      return new Page<>(fetched, Optional.empty());
    }
    List<T> items = fetched.subList(0, wanted.size());
    return new Page<>(items, Optional.of(marker(key.apply(items.getLast()))));
  }

  /// The page of a list that is whole in memory, by place.
  public static <T> Page<T> slice(List<T> all, Wanted wanted) {
    int first = Math.min(wanted.place(), all.size());
    int next = Math.min(first + wanted.size(), all.size());
    return new Page<>(
        all.subList(first, next),
        next < all.size() ? Optional.of(marker(String.valueOf(next - 1))) : Optional.empty());
  }

  /// The page of a list that is whole in memory, in the order of its keys.
  public static <T> Page<T> cut(List<T> all, Wanted wanted, Function<T, String> key) {
    List<T> behind =
        all.stream()
            .map(item -> Map.entry(key.apply(item), item))
            .filter(entry -> entry.getKey().compareTo(wanted.after()) > 0)
            .sorted(Map.Entry.comparingByKey())
            .limit(wanted.toFetch())
            .map(Map.Entry::getValue)
            .toList();
    return of(behind, wanted, key);
  }

  public <R> Page<R> map(Function<T, R> mapper) {
    return new Page<>(items.stream().map(mapper).toList(), marker);
  }

  public boolean isTruncated() {
    return marker.isPresent();
  }

  /// The marker of the page that begins after the item with this key.
  public static String marker(String key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  /// What no key of ours holds, no marker of ours does: the database could not even read it.
  private static String decode(String marker) {
    try {
      String key = new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
      if (key.chars().anyMatch(Character::isISOControl) || !marker(key).equals(marker)) {
        throw VALIDATION_ERROR.error("Invalid Marker.");
      }
      return key;
    } catch (IllegalArgumentException _) {
      throw VALIDATION_ERROR.error("Invalid Marker.");
    }
  }
}
