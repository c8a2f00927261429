package io.github.resilientchat.autoconfigure.keys;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.properties.bind.BindableRuntimeHintsRegistrar;

/**
 * What a native image has to keep of the property records: that they can be bound, those of
 * features that were off when it was built too, since routes and quotas are read again at run time;
 * and that their keys can be read, since wrong ones are told.
 */
final class PropertyHints implements RuntimeHintsRegistrar {

  private static final String IMPORTS =
      "META-INF/spring/" + AutoConfiguration.class.getName() + ".imports";

  @Override
  public void registerHints(RuntimeHints hints, @Nullable ClassLoader loader) {
    Set<Class<?>> records = new LinkedHashSet<>();
    PropertyRecords.of(loader).forEach(bound -> collect(bound, records));
    BindableRuntimeHintsRegistrar.forTypes(records).registerHints(hints);
    for (Class<?> known : records) {
      hints
          .reflection()
          .registerType(known, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)
          .registerType(known, MemberCategory.INVOKE_PUBLIC_METHODS);
    }
    hints.resources().registerPattern(IMPORTS);
    for (String name : ImportCandidates.load(AutoConfiguration.class, loader)) {
      if (name.startsWith(PropertyRecords.OURS)) {
        hints.resources().registerPattern(name.replace('.', '/') + ".class");
      }
    }
  }

  /** The records below one, lists' and maps' values included. */
  private static void collect(Type type, Set<Class<?>> records) {
    if (type instanceof ParameterizedType generic) {
      for (Type argument : generic.getActualTypeArguments()) {
        collect(argument, records);
      }
    } else if (type instanceof Class<?> plain && plain.isRecord() && records.add(plain)) {
      for (RecordComponent component : plain.getRecordComponents()) {
        collect(component.getGenericType(), records);
      }
    }
  }
}
