// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice What a provision serves, by number, and the tiers of machines. What a unit is (the tokens of a receipt) depends on
/// the service.
library Services {
    /// @dev Text by a language model; unit: a token.
    uint8 internal constant CHAT = 0;
    /// @dev Embeddings; unit: a token, input only.
    uint8 internal constant EMBEDDINGS = 1;
    /// @dev Speech from text; unit: a second of audio, output only.
    uint8 internal constant SPEECH = 2;
    /// @dev Fetched pages; unit: a page, output only.
    uint8 internal constant SCRAPING = 3;
    /// @dev Images from text; unit: a megapixel, output only.
    uint8 internal constant IMAGE = 4;
    /// @dev Video from text; unit: a second, output only.
    uint8 internal constant VIDEO = 5;
    /// @dev Text about images; unit: a token.
    uint8 internal constant VISION = 6;
    /// @dev Text from speech; unit: a token.
    uint8 internal constant TRANSCRIPTION = 7;

    /// @dev How many services there are.
    uint8 internal constant COUNT = 8;
    /// @dev How many tiers there are: up to 4, 8 and 22 GB of memory, and beyond.
    uint8 internal constant TIERS = 4;
}
