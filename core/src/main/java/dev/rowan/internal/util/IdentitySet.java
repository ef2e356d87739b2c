package dev.rowan.internal.util;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** A set in insertion order that compares by identity, for records: their own equality compares values. */
public final class IdentitySet<E> extends AbstractSet<E> {

    /** Compares an element by identity. */
    private record Key(Object element) {

        @Override
        @SuppressWarnings("ReferenceEquality")
        public boolean equals(Object other) {
            return other instanceof Key key && key.element == element;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(element);
        }
    }

    /** Allocated for the first element: a session has many sets, and most of them stay empty. */
    private Map<Key, E> elements = Map.of();

    @Override
    public boolean add(E element) {
        if (elements.isEmpty()) {
            elements = new LinkedHashMap<>();
        }
        return elements.putIfAbsent(new Key(element), element) == null;
    }

    @Override
    public boolean remove(Object element) {
        return !elements.isEmpty() && elements.remove(new Key(element)) != null;
    }

    @Override
    public boolean contains(Object element) {
        return elements.containsKey(new Key(element));
    }

    @Override
    public Iterator<E> iterator() {
        return elements.values().iterator();
    }

    @Override
    public int size() {
        return elements.size();
    }

    @Override
    public void clear() {
        elements = Map.of();
    }
}
