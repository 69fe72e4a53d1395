package dev.daypass.cli;

import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.Map;

/// Those fields of CloudNativePG's `Cluster` (`api/v1/cluster_types.go`) that are used here. There
/// is no model of it in the registry of Java's libraries; what is not here is refused.
@JsonDeserialize(using = JsonDeserializer.None.class)
@Group("postgresql.cnpg.io")
@Version("v1")
final class PostgresCluster implements HasMetadata {
  record Spec(
      String imageName,
      int instances,
      boolean enableSuperuserAccess,
      Bootstrap bootstrap,
      Postgresql postgresql,
      Affinity affinity,
      Storage storage,
      Storage walStorage,
      ResourceRequirements resources) {}

  record Bootstrap(InitDb initdb) {}

  record InitDb(String database, String owner) {}

  record Postgresql(Synchronous synchronous, Map<String, String> parameters) {}

  record Synchronous(String method, int number, String dataDurability) {}

  record Affinity(boolean enablePodAntiAffinity, String topologyKey, String podAntiAffinityType) {}

  record Storage(String size) {}

  private String apiVersion;
  private String kind;
  private ObjectMeta metadata;
  private Spec spec;

  @Override
  public String getApiVersion() {
    return apiVersion;
  }

  @Override
  public void setApiVersion(String version) {
    apiVersion = version;
  }

  @Override
  public String getKind() {
    return kind;
  }

  public void setKind(String kind) {
    this.kind = kind;
  }

  @Override
  public ObjectMeta getMetadata() {
    return metadata;
  }

  @Override
  public void setMetadata(ObjectMeta metadata) {
    this.metadata = metadata;
  }

  public Spec getSpec() {
    return spec;
  }

  public void setSpec(Spec spec) {
    this.spec = spec;
  }
}
