package dev.rowan;

import java.util.List;

public interface Declared {
    List<String> declarations();
}
