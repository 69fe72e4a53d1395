package dev.daypass.wire.sigv4;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.wire.ApiError;
import dev.daypass.wire.sigv4.HttpMessage.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestChecksTest {
  private static HttpMessage request(String path, Header... headers) {
    return new HttpMessage("GET", path, "", List.of(headers), new byte[0]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "orders/1",
        "http://orders.example.com/1",
        "//1",
        "/a//b",
        "/./a",
        "/a/..",
        "/a/../b",
        "/a/%2e%2E/b",
        "/a/.%2e/b",
        "/a/%2E",
        "/a%2Fb",
        "/a%5cb",
        "/a\\b",
        "/a%00",
        "/a b",
        "/a\u00e9",
        "/a\tb"
      })
  void a_path_that_can_be_read_in_more_ways_than_one(String path) {
    assertThatThrownBy(() -> RequestChecks.check(request(path), Set.of()))
        .isInstanceOf(ApiError.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/a", "/a/", "/a/b.c", "/...", "/a%20b", "/%e2%82%ac", "/a;b=c"})
  void a_path_with_one_reading(String path) {
    assertThatCode(() -> RequestChecks.check(request(path), Set.of())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Host", "authorization", "X-Amz-Date", "x-amz-security-token", "Content-Type"})
  void what_decides_is_given_once(String name) {
    HttpMessage twice = request("/", new Header(name, "a"), new Header(name.toUpperCase(), "a"));

    assertThatThrownBy(() -> RequestChecks.check(twice, Set.of()))
        .hasMessageContaining("more than once");
  }

  @Test
  void a_request_for_another_host_is_refused_where_that_matters() {
    HttpMessage there = request("/", new Header("Host", "staging.example.com"));

    RequestChecks.check(there, Set.of());
    RequestChecks.check(there, Set.of("staging.example.com"));
    assertThatThrownBy(() -> RequestChecks.check(there, Set.of("orders.example.com")))
        .hasMessageContaining("another host");
    assertThatThrownBy(() -> RequestChecks.check(request("/"), Set.of("orders.example.com")))
        .hasMessageContaining("another host");
  }

  @Test
  void headers_are_bounded() {
    List<Header> many =
        new ArrayList<>(IntStream.range(0, 101).mapToObj(i -> new Header("x-" + i, "v")).toList());

    assertThatThrownBy(
            () -> RequestChecks.check(new HttpMessage("GET", "/", "", many, new byte[0]), Set.of()))
        .hasMessageContaining("too many headers");
  }
}
