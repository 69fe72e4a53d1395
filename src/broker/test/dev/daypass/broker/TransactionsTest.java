package dev.daypass.broker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.broker.database.Database;
import dev.daypass.wire.ApiError;
import dev.daypass.wire.ErrorCode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/// Transactions as they end when PostgreSQL does not play along.
@QuarkusTest
@QuarkusTestResource(TestServers.class)
class TransactionsTest {
  private static final String LOSE_CONNECTION =
      "select cast(pg_terminate_backend(pg_backend_pid()) as text) where ?1 = ''";

  @Inject Database database;

  @Test
  void a_refusal_is_told_although_the_connection_was_lost_before_the_rollback() {
    ApiError refusal = ErrorCode.NO_SUCH_ENTITY.error("There is none.");

    assertThatThrownBy(
            () ->
                VertxContextSupport.subscribeAndAwait(
                    () ->
                        database.inTransaction(
                            () ->
                                database
                                    .run(LOSE_CONNECTION, "")
                                    .onFailure()
                                    .recoverWithNull()
                                    .chain(() -> Uni.createFrom().<Void>failure(refusal)))))
        .isSameAs(refusal);
  }
}
