package io.github.resilientchat.langchain4j;

import dev.langchain4j.model.chat.request.json.JsonAnyOfSchema;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNullSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonReferenceSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Characters of a schema as JSON, which is how a model reads it and how other frameworks count it.
 * Makes no text, since it runs for every call.
 */
final class SchemaSize {

  /** Quotes and a colon. */
  private static final long NAME = 3;

  private static final long QUOTES = 2;
  private static final long BRACES = 2;
  private static final long NONE = 0;

  private SchemaSize() {}

  static long of(@Nullable JsonSchemaElement schema) {
    if (schema == null) {
      return NONE;
    } else if (schema instanceof JsonObjectSchema object) {
      return object(object);
    } else if (schema instanceof JsonArraySchema array) {
      return in(
          type("array"), text("description", array.description()), child("items", array.items()));
    } else if (schema instanceof JsonEnumSchema choice) {
      return in(
          type("string"),
          text("description", choice.description()),
          texts("enum", choice.enumValues()));
    } else if (schema instanceof JsonAnyOfSchema any) {
      long[] all = any.anyOf().stream().mapToLong(SchemaSize::of).toArray();
      return in(text("description", any.description()), member("anyOf", in(all)));
    } else if (schema instanceof JsonReferenceSchema reference) {
      return in(text("$ref", "#/$defs/" + reference.reference()));
    } else if (schema instanceof JsonRawSchema raw) {
      return raw.schema().length();
    }
    return in(type(simple(schema)), text("description", schema.description()));
  }

  private static long object(JsonObjectSchema object) {
    return in(
        type("object"),
        text("description", object.description()),
        member("properties", members(object.properties())),
        texts("required", object.required()),
        object.definitions() == null || object.definitions().isEmpty()
            ? NONE
            : member("$defs", members(object.definitions())));
  }

  private static String simple(JsonSchemaElement schema) {
    if (schema instanceof JsonStringSchema) {
      return "string";
    } else if (schema instanceof JsonIntegerSchema) {
      return "integer";
    } else if (schema instanceof JsonNumberSchema) {
      return "number";
    } else if (schema instanceof JsonBooleanSchema) {
      return "boolean";
    }
    return schema instanceof JsonNullSchema ? "null" : schema.toString();
  }

  private static long members(Map<String, JsonSchemaElement> schemas) {
    return in(
        schemas.entrySet().stream()
            .mapToLong(entry -> member(entry.getKey(), of(entry.getValue())))
            .toArray());
  }

  private static long type(String name) {
    return text("type", name);
  }

  private static long text(String name, @Nullable String value) {
    return value == null ? NONE : member(name, value.length() + QUOTES);
  }

  private static long texts(String name, @Nullable Collection<String> values) {
    return values == null
        ? NONE
        : member(name, in(values.stream().mapToLong(value -> value.length() + QUOTES).toArray()));
  }

  private static long child(String name, @Nullable JsonSchemaElement schema) {
    return schema == null ? NONE : member(name, of(schema));
  }

  private static long member(String name, long value) {
    return name.length() + NAME + value;
  }

  /** Between braces or brackets, and with commas; what has no length is not there. */
  private static long in(long... parts) {
    long length = BRACES;
    long count = 0;
    for (long part : parts) {
      length += part;
      count += part == NONE ? 0 : 1;
    }
    return length + Math.max(0, count - 1);
  }
}
