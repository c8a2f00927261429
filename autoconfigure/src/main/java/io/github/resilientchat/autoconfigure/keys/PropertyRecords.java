package io.github.resilientchat.autoconfigure.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.type.classreading.SimpleMetadataReaderFactory;
import org.springframework.util.ClassUtils;

/**
 * Finds the records that this library's auto-configurations bind, those of features that are off or
 * absent too, because their keys are known and deserve a better answer than "not a known property".
 *
 * <p>Reads class files: an auto-configuration cannot be loaded where its feature's library is
 * absent.
 */
final class PropertyRecords {

  static final String OURS = "io.github.resilientchat.";

  private PropertyRecords() {}

  static List<Class<?>> of(@Nullable ClassLoader loader) {
    SimpleMetadataReaderFactory classFiles =
        new SimpleMetadataReaderFactory(new DefaultResourceLoader(loader));
    List<Class<?>> records = new ArrayList<>();
    for (String name : ImportCandidates.load(AutoConfiguration.class, loader)) {
      if (name.startsWith(OURS)) {
        for (String record : boundBy(name, classFiles)) {
          records.add(ClassUtils.resolveClassName(record, loader));
        }
      }
    }
    return records;
  }

  private static String[] boundBy(
      String autoConfiguration, SimpleMetadataReaderFactory classFiles) {
    try {
      return classFiles
          .getMetadataReader(autoConfiguration)
          .getAnnotationMetadata()
          .getAnnotations()
          .get(EnableConfigurationProperties.class)
          .getValue("value", String[].class)
          .orElseGet(() -> new String[0]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
