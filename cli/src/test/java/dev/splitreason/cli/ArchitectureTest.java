package dev.splitreason.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.splitreason.core.model.ModelException;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The arrows between the modules, which ARCHITECTURE.md draws, held against the compiled classes of
 * all of them: the command depends on every module, so its class path has them all.
 */
class ArchitectureTest {

  private static final String ROOT = "dev.splitreason";

  /** Every module but the command, with the modules that it may know. */
  private static final List<Module> BELOW_THE_COMMAND =
      List.of(
          Module.of("core"),
          Module.of("engine.llamacpp", "core"),
          Module.of("engine.openai", "core"),
          Module.of("data", "core"),
          Module.of("training", "core", "data", "evaluation"),
          Module.of("evaluation", "core", "data"),
          Module.of("server", "core", "data"),
          Module.of("langchain4j", "core"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @ParameterizedTest
  @MethodSource("modulesWithSources")
  void every_module_is_seen_by_these_rules(Module module) {
    assertThat(CLASSES.that(resideInAPackage(module.packages()))).isNotEmpty();
  }

  @Test
  void every_class_belongs_to_a_module() {
    String[] packages =
        Stream.concat(BELOW_THE_COMMAND.stream(), Stream.of(Module.of("cli")))
            .map(Module::packages)
            .toArray(String[]::new);
    classes().should().resideInAnyPackage(packages).check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("modulesWithSources")
  void a_module_knows_only_the_modules_it_may_know(Module module) {
    classes()
        .that()
        .resideInAPackage(module.packages())
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage(ROOT + "..")).or(resideInAnyPackage(module.knownPackages())))
        .check(CLASSES);
  }

  @Test
  void core_needs_only_the_jdk_jspecify_and_slf4j() {
    classes()
        .that()
        .resideInAPackage(ROOT + ".core..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(ROOT + ".core..", "java..", "org.jspecify..", "org.slf4j..")
        .check(CLASSES);
  }

  @Test
  void packages_are_free_of_cycles() {
    slices()
        .matching(ROOT + ".(**)")
        .should()
        .beFreeOfCycles()
        // A row of logits that describes no distribution is the model's failure, and told as one.
        .ignoreDependency(name(ROOT + ".core.sampling.Logits"), belongToAnyOf(ModelException.class))
        .check(CLASSES);
  }

  @Test
  void only_the_embedded_engine_calls_native_code() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".engine.llamacpp..")
        // It asks the C library which streams are terminals; nothing in the JDK tells.
        .and()
        .doNotHaveFullyQualifiedName(ROOT + ".cli.output.Terminal")
        // It tells OpenBLAS how many threads to use; libtorch's Java interface cannot.
        .and()
        .doNotHaveFullyQualifiedName(ROOT + ".training.tensor.ComputeThreads")
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(Linker.class, SymbolLookup.class)
        .check(CLASSES);
  }

  @Test
  void no_package_is_a_drawer_for_odds_and_ends() {
    noClasses()
        .should()
        .resideInAnyPackage(
            Stream.of("util", "utils", "common", "helper", "helpers", "manager", "misc")
                .map(name -> ".." + name + "..")
                .toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  void every_package_is_null_marked_so_that_the_compiler_checks_it() {
    assertThat(CLASSES.stream().map(JavaClass::getPackage).distinct())
        .isNotEmpty()
        .allMatch(this::isNullMarked, "null-marked in its package-info");
  }

  private boolean isNullMarked(JavaPackage javaPackage) {
    return javaPackage.isAnnotatedWith(NullMarked.class);
  }

  private static Stream<Module> modulesWithSources() {
    return BELOW_THE_COMMAND.stream().filter(Module::hasSources);
  }

  /** A Maven module, by its package below the root, and the modules that it may know. */
  record Module(String name, List<String> mayKnow) {

    static Module of(String name, String... mayKnow) {
      return new Module(name, List.of(mayKnow));
    }

    String packages() {
      return ROOT + "." + name + "..";
    }

    String[] knownPackages() {
      return Stream.concat(Stream.of(this), mayKnow.stream().map(Module::of))
          .map(Module::packages)
          .toArray(String[]::new);
    }

    boolean hasSources() {
      return Files.isDirectory(Path.of("..", name.replace('.', '-'), "src", "main", "java"));
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
