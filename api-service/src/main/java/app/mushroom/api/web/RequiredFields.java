package app.mushroom.api.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says of the fields of our records which are always there: all but those marked {@link Nullable},
 * which are left out when there is nothing to say, and never null.
 */
final class RequiredFields implements ModelConverter {

  @Override
  public @Nullable Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
    JavaType javaType = Json.mapper().constructType(type.getType());
    if (schema != null && javaType != null && javaType.getRawClass().isRecord()) {
      String ref = schema.get$ref();
      Schema<?> defined =
          ref == null
              ? schema
              : context.getDefinedModels().get(ref.substring(ref.lastIndexOf('/') + 1));
      if (defined != null && defined.getProperties() != null) {
        defined.setRequired(required(javaType.getRawClass(), defined));
      }
    }
    return schema;
  }

  private static List<String> required(Class<?> type, Schema<?> schema) {
    List<String> required =
        new ArrayList<>(schema.getRequired() == null ? List.of() : schema.getRequired());
    for (RecordComponent component : type.getRecordComponents()) {
      String name = name(component);
      if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)
          && schema.getProperties().containsKey(name)
          && !required.contains(name)) {
        required.add(name);
      }
    }
    return required;
  }

  private static String name(RecordComponent component) {
    JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
    return named == null || named.value().isEmpty() ? component.getName() : named.value();
  }
}
