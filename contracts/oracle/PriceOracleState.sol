// SPDX-License-Identifier: MIT
pragma solidity 0.8.30;

import {IPriceFeedReceiver} from "./interfaces/IPriceFeedReceiver.sol";
import {SourceWord} from "./libraries/SourceWord.sol";

/// @notice The storage of the oracle.
abstract contract PriceOracleState {
    uint256 internal constant _MAX_SOURCES = 3;

    /// @dev What is known of a local aggregator: its rounds were valid without a gap from `freshSince` to `validUntil`.
    struct Watch {
        uint40 freshSince;
        uint40 validUntil;
    }

    IPriceFeedReceiver internal immutable _RECEIVER;

    mapping(address asset => SourceWord[_MAX_SOURCES]) internal _sources;
    mapping(address asset => Watch[_MAX_SOURCES]) internal _watches;

    constructor(IPriceFeedReceiver receiver_) {
        _RECEIVER = receiver_;
    }
}
