package dev.splitreason.files.settings;

import java.lang.reflect.Constructor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/** Tells Jackson that a record needs all its components but those that are {@link Nullable}. */
final class NullableComponents extends JacksonAnnotationIntrospector {

  private static final long serialVersionUID = 1L;

  @Override
  public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
    return (member instanceof AnnotatedParameter parameter
            && parameter.getOwner().getAnnotated() instanceof Constructor<?> constructor)
        ? (Boolean)
            !constructor.getAnnotatedParameterTypes()[parameter.getIndex()].isAnnotationPresent(
                Nullable.class)
        : super.hasRequiredMarker(config, member);
  }
}
