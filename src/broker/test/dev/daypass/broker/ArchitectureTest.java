package dev.daypass.broker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.persistence.Entity;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What keeps the house in order.
class ArchitectureTest {
  private static final JavaClasses BROKER =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.daypass.broker");

  @Test
  void features_do_not_depend_on_each_other_in_circles() {
    slices().matching("dev.daypass.broker.(*)..").should().beFreeOfCycles().check(BROKER);
  }

  @Test
  void http_is_spoken_by_endpoints_only() {
    noClasses()
        .that()
        .haveSimpleNameNotEndingWith("Endpoint")
        .and()
        .haveSimpleNameNotEndingWith("Filter")
        .and()
        .haveSimpleNameNotContaining("ApiFailures")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jakarta.ws.rs..")
        .check(BROKER);
  }

  @Test
  void hibernate_stays_behind_the_database_and_in_rows() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.daypass.broker.database", "dev.daypass.broker.audit")
        .and()
        .haveSimpleNameNotEndingWith("Row")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.hibernate..")
        .check(BROKER);
  }

  @Test
  void rows_stay_where_they_are() {
    classes().that().areAnnotatedWith(Entity.class).should().bePackagePrivate().check(BROKER);
    classes()
        .that()
        .areAnnotatedWith(Entity.class)
        .should()
        .haveSimpleNameEndingWith("Row")
        .check(BROKER);
  }

  @Test
  void the_road_is_nobodys_dependency() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.daypass.broker.calls")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.daypass.broker.calls")
        .check(BROKER);
  }

  @Test
  void time_and_chance_come_in_through_constructors() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Random.class)
        .andShould()
        .dependOnClassesThat()
        .haveSimpleName("Random")
        .check(BROKER);
  }
}
