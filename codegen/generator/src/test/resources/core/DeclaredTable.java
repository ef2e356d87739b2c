package dev.rowan.record;

import java.util.List;

public interface DeclaredTable {
    List<String> declarations();
}
