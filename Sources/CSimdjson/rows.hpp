// Reads one JSON object into an encoded row.

#ifndef COUPLET_ROWS_HPP
#define COUPLET_ROWS_HPP

#include <string>
#include <vector>

#include "text.hpp"

/// What a property of an object is for; one can be several things.
struct Use {
    int32_t field = -1;
    bool isID = false;
    bool isVersion = false;
    bool isContext = false;
    bool isReason = false;
    bool isRemoved = false;
    bool isPlainID = false;
    bool isError = false;
};

/// What an object said besides its fields.
struct Found {
    bool hasID = false;
    bool isTombstone = false;
    uint64_t high = 0;
    uint64_t low = 0;
    Bytes version = {nullptr, 0};
    Bytes errorCode = {nullptr, 0};
    Bytes errorMessage = {nullptr, 0};
};

/// The wanted fields, and the order in which the last object had its properties: the next one mostly has the same.
class RowReader {
  public:
    void use(const uint8_t *names, size_t namesLength, size_t fieldCount, const uint8_t *idField, size_t idFieldLength,
             const uint8_t *options);

    /// Whether a row without an id is none.
    bool needsID() const { return !idField.empty(); }

    /// Reads the object that begins at the present token and stops after its end.
    csj_status read(Structure &structure, size_t documentLength, Found &found);

    /// Appends the row that was read last.
    csj_status write(Growing<uint8_t> &rows) const;

  private:
    struct Slot {
        const uint8_t *start;
        uint32_t length;
        uint8_t tag;
    };
    struct Known {
        std::string name;
        Use use;
    };
    struct Half {
        bool said = false;
        bool hasID = false;
        uint64_t high = 0;
        uint64_t low = 0;
    };

    const Use &useOf(Bytes name, size_t order);
    Use resolve(Bytes name) const;
    csj_status readValue(Structure &structure, const Use &use, Slot &value);
    csj_status readText(Structure &structure, Bytes &text);
    csj_status readError(Structure &structure, Found &found);

    std::vector<std::string> fields;
    std::vector<uint8_t> options;
    std::string idField;
    std::string shapeKey;
    std::vector<Known> known;
    std::vector<Slot> slots;
    Growing<uint8_t> scratch;
};

#endif
