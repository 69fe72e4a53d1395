package dev.daypass.wire.codec;

import dev.daypass.wire.Named;
import java.lang.reflect.RecordComponent;

/// How the members of a service's messages are spelled. The records are the same for all; a [Named]
/// component has its name whatever the service.
public enum Naming {
  /// `RoleName`, as in the Query protocol and in older JSON services.
  UPPER_CAMEL {
    @Override
    public String of(String component) {
      return Character.toUpperCase(component.charAt(0)) + component.substring(1);
    }
  },
  /// `roleName`, as in newer JSON services. Components are spelled so already.
  LOWER_CAMEL {
    @Override
    public String of(String component) {
      return component;
    }
  };

  /// The name on the wire of a component of this Java name.
  public abstract String of(String component);

  /// The name of a component on the wire.
  public String of(RecordComponent component) {
    Named named = component.getAnnotation(Named.class);
    return named == null ? of(component.getName()) : named.value();
  }
}
