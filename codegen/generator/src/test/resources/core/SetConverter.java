package dev.rowan.type;

import java.util.Set;

public final class SetConverter<E extends Enum<E> & org.jooq.EnumType> implements org.jooq.Converter<String, Set<E>> {
    private static final long serialVersionUID = 1;
    public SetConverter(Class<E> members) {}
    @Override public Set<E> from(String text) { return null; }
    @Override public String to(Set<E> set) { return null; }
    @Override public Class<String> fromType() { return String.class; }
    @Override public Class<Set<E>> toType() { return null; }
}
