// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

/// @notice What providers ask for, within bands. Prices are in 1e-12 USD a unit of the service (a token, a second, a page, a
/// megapixel; see `Services`), times in seconds.
interface IPriceBook {
    /// @notice Where the prices of a service and tier lie, both ends included.
    struct Band {
        uint64 leastInput;
        uint64 mostInput;
        uint64 leastOutput;
        uint64 mostOutput;
    }

    /// @param isOffered whether the provision serves the model at a price within today's band
    /// @param input price now
    /// @param output price now
    /// @param nextInput price from `nextFrom` on
    /// @param nextOutput price from `nextFrom` on
    /// @param nextFrom when a raise begins; zero when none is coming
    struct OfferView {
        bool isOffered;
        uint64 input;
        uint64 output;
        uint64 nextInput;
        uint64 nextOutput;
        uint256 nextFrom;
    }

    /// @notice Where prices of a service and tier lie from now on.
    event BandSet(uint8 indexed service, uint8 indexed tier, Band band);
    /// @notice The provision serves `model` at these prices now, and at the next ones from `nextFrom` on (zero: no change is
    /// coming).
    event OfferSet(
        uint256 indexed provisionId,
        bytes32 indexed model,
        uint64 input,
        uint64 output,
        uint64 nextInput,
        uint64 nextOutput,
        uint256 nextFrom
    );
    /// @notice The provision no longer serves `model`.
    event OfferWithdrawn(uint256 indexed provisionId, bytes32 indexed model);

    /// @notice Thrown when an id names no registered provision of the caller.
    error NotYourProvision(uint256 provisionId, address caller);
    /// @notice Thrown when a price is outside its band, or the service and tier have none.
    error OutOfBand(uint64 input, uint64 output, Band band);
    /// @notice Thrown when a band's least is above its most, or all of it is zero.
    error InvalidBand(Band band);
    /// @notice Thrown when there is no such service.
    error InvalidService(uint8 service);
    /// @notice Thrown when there is no such tier.
    error InvalidTier(uint8 tier);
    /// @notice Thrown when the provision does not offer the model.
    error NotOffered(uint256 provisionId, bytes32 model);
    /// @notice Thrown when an address must not be zero.
    error InvalidAddress(address account);

    /// @notice Serves `model` at these prices. A first offer and a cut hold at once; a price that rises holds from `NOTICE`
    /// later, so that a request that is under way is not dearer than it was when it was sent. The provider.
    /// @param model keccak256 of the model's name
    function setOffer(uint256 provisionId, bytes32 model, uint64 input, uint64 output) external;

    /// @notice No longer serves `model`, at once. The provider.
    function withdrawOffer(uint256 provisionId, bytes32 model) external;

    /// @notice Sets where prices lie. An offer outside of it is not in force until it is set anew. Governance.
    function setBand(uint8 service, uint8 tier, Band calldata band) external;

    /// @return The provision's prices of `model`.
    function offerOf(uint256 provisionId, bytes32 model) external view returns (OfferView memory);

    /// @return Where prices of a service and tier lie; all zero when nothing may be offered.
    function bandOf(uint8 service, uint8 tier) external view returns (Band memory);
}
