/// Turns an expression into instructions.
struct TextExpressionCompiler {
    private static let maximumSize = 5000

    private(set) var instructions: [TextExpression.Instruction] = []

    /// Whether everything has found room.
    var isSmall: Bool { instructions.count < Self.maximumSize }

    /// Adds what a node needs.
    mutating func add(_ node: TextExpressionNode) {
        guard isSmall else { return }
        switch node {
        case .nothing: break
        case .character(let test): instructions.append(.take(test))
        case .place(let place): instructions.append(.require(place))
        case .sequence(let parts): for part in parts { add(part) }
        case .group(let inner, let index):
            instructions.append(.note(index * 2))
            add(inner)
            instructions.append(.note(index * 2 + 1))
        case .alternatives(let all): add(alternatives: all)
        case .repeated(let inner, let least, let most, let isReluctant):
            for _ in 0..<least where isSmall { add(inner) }
            if let most {
                add(optional: inner, upTo: most - least, isReluctant)
            } else {
                addLoop(inner, isReluctant)
            }
        }
    }

    private mutating func add(alternatives all: [TextExpressionNode]) {
        var ends: [Int] = []
        for (index, node) in all.enumerated() {
            guard index < all.count - 1 else {
                add(node)
                break
            }
            let fork = instructions.count
            instructions.append(.jump(0))
            add(node)
            ends.append(instructions.count)
            instructions.append(.jump(0))
            instructions[fork] = .fork(fork + 1, instructions.count)
        }
        for end in ends { instructions[end] = .jump(instructions.count) }
    }

    private mutating func addLoop(_ inner: TextExpressionNode, _ isReluctant: Bool) {
        let fork = instructions.count
        instructions.append(.jump(0))
        add(inner)
        instructions.append(.jump(fork))
        instructions[fork] = Self.fork(fork + 1, instructions.count, isReluctant)
    }

    private mutating func add(optional inner: TextExpressionNode, upTo count: Int, _ isReluctant: Bool) {
        var forks: [Int] = []
        for _ in 0..<count where isSmall {
            forks.append(instructions.count)
            instructions.append(.jump(0))
            add(inner)
        }
        for fork in forks { instructions[fork] = Self.fork(fork + 1, instructions.count, isReluctant) }
    }

    private static func fork(_ inside: Int, _ outside: Int, _ isReluctant: Bool) -> TextExpression.Instruction {
        isReluctant ? .fork(outside, inside) : .fork(inside, outside)
    }
}

/// Follows all ways through an expression at once, one character after the other.
struct TextExpressionSearch {
    let expression: TextExpression
    let text: [Character]
    /// Whether a search has cost more than is allowed.
    private(set) var isGivenUp = false
    private var steps = 0

    /// A way: the instruction it stands at, and the places it has noted.
    private struct Way {
        var instruction: Int
        var notes: [Int?]
    }

    init(expression: TextExpression, text: [Character]) {
        self.expression = expression
        self.text = text
    }

    /// The leftmost match from a place on, of which the preferred way counts; nil when there is none.
    mutating func match(from start: Int) -> [Range<Int>?]? {
        var ways: [Way] = []
        var best: [Int?]?
        var place = start
        let blank = [Int?](repeating: nil, count: (expression.groupCount + 1) * 2)
        while place <= text.count, !isGivenUp {
            var seen = Set<Int>()
            var present: [Way] = []
            for way in ways { follow(way, at: place, &seen, &present) }
            if best == nil { follow(Way(instruction: 0, notes: blank), at: place, &seen, &present) }
            if present.isEmpty, best != nil { break }
            ways = []
            for way in present {
                switch expression.instructions[way.instruction] {
                case .found: best = way.notes
                case .take(let test):
                    if place < text.count, test.passes(text[place]) {
                        ways.append(Way(instruction: way.instruction + 1, notes: way.notes))
                    }
                    continue
                case .require, .fork, .jump, .note: continue
                }
                // Ways that are less preferred than one that has arrived no longer count.
                break
            }
            if best != nil, ways.isEmpty { break }
            place += 1
        }
        return best.map { notes in
            stride(from: 0, to: notes.count, by: 2).map { index in
                guard let from = notes[index], let to = notes[index + 1], from <= to else { return nil }
                return from..<to
            }
        }
    }

    /// Adds where a way leads without taking a character.
    private mutating func follow(_ way: Way, at place: Int, _ seen: inout Set<Int>, _ present: inout [Way]) {
        var open = [way]
        while var way = open.popLast() {
            steps += 1
            if steps > TextExpression.maximumSteps { isGivenUp = true }
            guard !isGivenUp, seen.insert(way.instruction).inserted else { continue }
            switch expression.instructions[way.instruction] {
            case .take, .found: present.append(way)
            case .jump(let target):
                way.instruction = target
                open.append(way)
            case .fork(let first, let second):
                open.append(Way(instruction: second, notes: way.notes))
                open.append(Way(instruction: first, notes: way.notes))
            case .note(let index):
                way.notes[index] = place
                way.instruction += 1
                open.append(way)
            case .require(let wanted):
                guard isPlace(place, wanted) else { continue }
                way.instruction += 1
                open.append(way)
            }
        }
    }

    private func isPlace(_ place: Int, _ wanted: TextExpression.Place) -> Bool {
        func isWord(_ index: Int) -> Bool { text.indices.contains(index) && text[index].isPartOfWord }
        return switch wanted {
        case .start: place == 0
        case .end: place == text.count
        case .wordBoundary: isWord(place - 1) != isWord(place)
        case .noWordBoundary: isWord(place - 1) == isWord(place)
        }
    }
}
