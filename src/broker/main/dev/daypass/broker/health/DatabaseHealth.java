package dev.daypass.broker.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Whether PostgreSQL answers: without it no call is. Asked as calls ask it, and not for longer
/// than a probe waits; Quarkus' own check waits for 20 seconds.
@Readiness
@ApplicationScoped
class DatabaseHealth implements AsyncHealthCheck {
  private static final String NAME = "database";

  private final Pool database;

  DatabaseHealth(Pool database) {
    this.database = database;
  }

  @Override
  public Uni<HealthCheckResponse> call() {
    return Probe.ask(NAME, database.query("select 1").execute());
  }
}
