package dev.rowan.bench.adapter;

import java.util.List;
import java.util.function.Consumer;

/** Divides many rows into batches of {@value LibraryAdapter#BATCH_SIZE}. */
public final class Batches {

    private Batches() {}

    /** Passes one batch after the other to the action. */
    public static <T> void forEach(List<T> rows, Consumer<List<T>> action) {
        for (int from = 0; from < rows.size(); from += LibraryAdapter.BATCH_SIZE) {
            action.accept(rows.subList(from, Math.min(from + LibraryAdapter.BATCH_SIZE, rows.size())));
        }
    }
}
