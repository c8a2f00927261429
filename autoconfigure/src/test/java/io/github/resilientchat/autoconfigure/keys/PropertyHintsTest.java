package io.github.resilientchat.autoconfigure.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** What a native image keeps, as Spring's processing finds it: by aot.factories. */
class PropertyHintsTest {

  private final RuntimeHints hints = new RuntimeHints();

  PropertyHintsTest() {
    ClassLoader loader = getClass().getClassLoader();
    SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories", loader)
        .load(RuntimeHintsRegistrar.class)
        .stream()
        .filter(registrar -> registrar.getClass().getName().startsWith("io.github.resilientchat."))
        .forEach(registrar -> registrar.registerHints(hints, loader));
  }

  /**
   * Every record that holds properties, found by its annotation and not by the code under test, and
   * whatever is below it.
   */
  private static Set<Class<?>> records() {
    Set<Class<?>> records = new LinkedHashSet<>();
    new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.github.resilientchat")
            .stream()
            .filter(type -> type.isAnnotatedWith(ConfigurationProperties.class))
            .forEach(type -> walk(type.reflect(), records));
    return records;
  }

  private static void walk(Type type, Set<Class<?>> records) {
    if (type instanceof ParameterizedType generic) {
      List.of(generic.getActualTypeArguments()).forEach(part -> walk(part, records));
    } else if (type instanceof Class<?> plain && plain.isRecord() && records.add(plain)) {
      for (RecordComponent part : plain.getRecordComponents()) {
        walk(part.getGenericType(), records);
      }
    }
  }

  @Test
  void everyRecordOfPropertiesCanBeBound() {
    assertThat(records())
        .hasSizeGreaterThan(20)
        .allSatisfy(
            type ->
                assertThat(
                        RuntimeHintsPredicates.reflection()
                            .onConstructor(type.getDeclaredConstructors()[0])
                            .invoke())
                    .as(type.getName())
                    .accepts(hints));
  }

  @Test
  void keysCanBeReadOfWhateverIsBound() {
    assertThat(PropertyRecords.of(getClass().getClassLoader()))
        .isNotEmpty()
        .allSatisfy(
            type ->
                assertThat(
                        RuntimeHintsPredicates.reflection()
                            .onType(type)
                            .withMemberCategories(
                                MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
                                MemberCategory.INVOKE_PUBLIC_METHODS))
                    .as(type.getName())
                    .accepts(hints));
    assertThat(ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader()))
        .filteredOn(name -> name.startsWith("io.github.resilientchat."))
        .isNotEmpty()
        .allSatisfy(
            name ->
                assertThat(
                        RuntimeHintsPredicates.resource()
                            .forResource(name.replace('.', '/') + ".class"))
                    .accepts(hints));
  }
}
