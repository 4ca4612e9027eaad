// Growing memory and the small grammars: escapes, numbers, GUIDs.

#ifndef COUPLET_TEXT_HPP
#define COUPLET_TEXT_HPP

#include <cstdlib>

#include "structure.hpp"

/// Memory that grows and keeps what it has; every growth can fail.
template <typename Element> class Growing {
  public:
    Growing() = default;
    Growing(const Growing &) = delete;
    Growing &operator=(const Growing &) = delete;
    ~Growing() { free(elements); }

    bool reserve(size_t more) {
        if (capacity - size >= more) { return true; }
        size_t wanted = capacity + capacity / 2 + more + 256;
        auto *grown = static_cast<Element *>(realloc(elements, wanted * sizeof(Element)));
        if (grown == nullptr) { return false; }
        elements = grown;
        capacity = wanted;
        return true;
    }

    bool append(const Element *from, size_t count) {
        if (!reserve(count)) { return false; }
        if (count > 0) { memcpy(elements + size, from, count * sizeof(Element)); }
        size += count;
        return true;
    }

    bool append(Element element) {
        if (!reserve(1)) { return false; }
        elements[size++] = element;
        return true;
    }

    Element *elements = nullptr;
    size_t size = 0;
    size_t capacity = 0;
};

/// Writes a string's content without its escapes; a half of a surrogate pair that stands alone becomes U+FFFD.
/// The destination must have room for the content's length. Gives the length written, or -1 for a wrong escape.
int64_t unescape(Bytes content, uint8_t *to);

/// Whether a token is a number as JSON writes them.
bool isNumber(Bytes token);

/// Reads 32 hexadecimal digits with hyphens where GUIDs have them.
bool readGUID(Bytes text, uint64_t &high, uint64_t &low);

#endif
