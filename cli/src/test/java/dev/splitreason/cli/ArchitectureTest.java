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
import java.io.IOException;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The modules and packages that ARCHITECTURE.md names and the arrows between them, held against the
 * build and the compiled classes: the command depends on every module, so its class path has all.
 */
class ArchitectureTest {

  private static final String ROOT = "dev.splitreason";

  private static final ArchitecturePage PAGE = ArchitecturePage.read();

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  @Test
  void the_page_names_the_modules_of_the_build() throws IOException {
    String build = Files.readString(ArchitecturePage.ROOT.resolve("pom.xml"));
    List<String> built =
        Pattern.compile("<module>([^<]+)</module>")
            .matcher(build)
            .results()
            .map(match -> match.group(1))
            .filter(name -> !name.equals("benchmarks"))
            .toList();

    assertThat(
            Stream.concat(
                PAGE.modules().stream().map(ArchitecturePage.Module::name),
                PAGE.codeless().stream()))
        .containsExactlyInAnyOrderElementsOf(built);
    assertThat(PAGE.codeless())
        .allSatisfy(name -> assertThat(ArchitecturePage.sources(name)).doesNotExist());
  }

  @ParameterizedTest
  @MethodSource("modules")
  void a_module_is_built_on_the_modules_it_may_use(ArchitecturePage.Module module)
      throws IOException {
    String build = Files.readString(ArchitecturePage.ROOT.resolve(module.name() + "/pom.xml"));
    List<String> dependencies =
        Pattern.compile(
                "<dependency>\\s*<groupId>dev\\.splitreason</groupId>"
                    + "\\s*<artifactId>splitreason-([^<]+)</artifactId>\\s*</dependency>")
            .matcher(build)
            .results()
            .map(match -> match.group(1))
            .toList();

    assertThat(module.mayUse()).containsAll(dependencies);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void the_packages_that_the_page_names_are_those_of_the_module(ArchitecturePage.Module module)
      throws IOException {
    Path sources = ArchitecturePage.sources(module.name()).resolve(module.folder());
    List<String> packages;
    try (Stream<Path> inside = Files.list(sources)) {
      packages =
          inside.filter(Files::isDirectory).map(path -> path.getFileName().toString()).toList();
    }

    if (!module.packages().isEmpty()) {
      assertThat(module.packages()).hasSameElementsAs(packages);
    }
  }

  @ParameterizedTest
  @MethodSource("modules")
  void every_module_is_seen_by_these_rules(ArchitecturePage.Module module) {
    assertThat(CLASSES.that(resideInAPackage(module.classes()))).isNotEmpty();
  }

  @Test
  void every_class_belongs_to_a_module() {
    String[] packages = modules().map(ArchitecturePage.Module::classes).toArray(String[]::new);
    classes().should().resideInAnyPackage(packages).check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void a_module_uses_only_the_modules_it_may_use(ArchitecturePage.Module module) {
    classes()
        .that()
        .resideInAPackage(module.classes())
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage(ROOT + "..")).or(resideInAnyPackage(PAGE.classesThat(module))))
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

  private static Stream<ArchitecturePage.Module> modules() {
    return PAGE.modules().stream();
  }
}
